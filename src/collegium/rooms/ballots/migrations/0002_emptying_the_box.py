from django.db import migrations

# With the rights of the owner of the tables: the serving role may not truncate. What was in the box is copied in an
# order that chance makes, in one statement; the file of the box goes, with the order in which votes came in. What is in
# it of other ballots goes back in another order too.
EMPTY_BOX = """
CREATE FUNCTION ballots_empty_box(which bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    others ballots_boxpaper[];
BEGIN
    IF NOT EXISTS (
        SELECT FROM ballots_ballot b JOIN calls_call c ON c.entry_id = b.call_id
        WHERE b.entry_id = which AND b.is_secret AND c.closed_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'the box of ballot % is emptied when it is closed', which;
    END IF;
    SET CONSTRAINTS ALL IMMEDIATE;
    LOCK TABLE ballots_boxpaper IN ACCESS EXCLUSIVE MODE;
    INSERT INTO ballots_paper (key, choice, options, ballot_id)
        SELECT key, choice, options, ballot_id FROM ballots_boxpaper WHERE ballot_id = which ORDER BY gen_random_uuid();
    SELECT array_agg(b ORDER BY gen_random_uuid()) INTO others FROM ballots_boxpaper b WHERE ballot_id <> which;
    TRUNCATE ballots_boxpaper;
    IF others IS NOT NULL THEN
        INSERT INTO ballots_boxpaper SELECT (one).* FROM unnest(others) AS one;
    END IF;
    SET CONSTRAINTS ALL DEFERRED;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("ballots", "0001_ballots_with_votes_counts_and_certificates")]

    operations = [migrations.RunSQL(EMPTY_BOX, "DROP FUNCTION ballots_empty_box(bigint)")]
