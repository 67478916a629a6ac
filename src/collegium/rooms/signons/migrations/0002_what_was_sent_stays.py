from django.db import migrations

# Whoever asks, and with whatever rights: what was sent is neither changed nor removed, and the same holds for the wordings
# and consents that hashes were given to; only whose they are follows two accounts that are joined. Emptying whole tables,
# as tests do, is no row's change.
STAYS = """
CREATE FUNCTION signons_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a row of % is never changed or removed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER signons_paper_stays BEFORE UPDATE OR DELETE ON signons_paper
    FOR EACH ROW EXECUTE FUNCTION signons_stays();
CREATE TRIGGER signons_version_stays BEFORE UPDATE OF letter_id, number, addressee, office, address, subject, raw, html,
    digest, change, at OR DELETE ON signons_version FOR EACH ROW EXECUTE FUNCTION signons_stays();
"""
GOES = """
DROP TRIGGER signons_version_stays ON signons_version;
DROP TRIGGER signons_paper_stays ON signons_paper;
DROP FUNCTION signons_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("signons", "0001_sign_on_letters")]

    operations = [migrations.RunSQL(STAYS, GOES)]
