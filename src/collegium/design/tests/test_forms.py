"""Fields, editors and error summaries: labels and reasons tied to their widgets, input kept."""

from __future__ import annotations

from django import forms
from django.test.html import parse_html

from .drawing import drawn, same_html, without_icons

FIELD = '{% c "field" field=form.x %}'


class Sample(forms.Form):
    """One field, whichever the test is about."""

    def __init__(self, field, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["x"] = field


def field_html(field, *args, source=FIELD, **kwargs):
    return without_icons(drawn(source, form=Sample(field, *args, **kwargs)))


def test_field_ties_its_label_and_help_to_its_input():
    same_html(
        field_html(forms.CharField(label="Title", help_text="One line.", max_length=9)),
        """
        <div class="field line full"><label for="id_x">Title</label><p class="help" id="id_x_helptext">One line.</p>
        <input type="text" name="x" maxlength="9" required aria-describedby="id_x_helptext" id="id_x"></div>
        """,
    )


def test_field_that_is_refused_keeps_its_input_and_says_why_beside_it():
    same_html(
        field_html(forms.IntegerField(label="Seats"), {"x": "<b>many"}),
        """
        <div class="field line full wrong"><label for="id_x">Seats</label>
        <input type="number" name="x" value="&lt;b&gt;many" required aria-invalid="true"
         aria-describedby="id_x_error" id="id_x">
        <div class="why" id="id_x_error"><p><svg></svg><span><span class="aloud">Error: </span>
        Enter a whole number.</span>
        </p></div></div>
        """,
    )


def test_field_says_which_ones_are_optional():
    same_html(
        field_html(forms.CharField(label="Note", required=False, widget=forms.Textarea(attrs={"rows": 3}))),
        """
        <div class="field textarea full"><label for="id_x">Note <span class="optional">optional</span></label>
        <textarea name="x" cols="40" rows="3" id="id_x"></textarea></div>
        """,
    )


def test_field_of_radios_is_a_fieldset_that_is_described():
    same_html(
        field_html(forms.ChoiceField(label="Kind", choices=[("q", "Q")], widget=forms.RadioSelect, help_text="H"), {}),
        """
        <fieldset class="field options wrong" aria-describedby="id_x_helptext id_x_error"><legend>Kind</legend>
        <p class="help" id="id_x_helptext">H</p>
        <label class="tick" for="id_x_0">
        <input type="radio" name="x" value="q" required aria-invalid="true" id="id_x_0">
        <span>Q</span></label>
        <div class="why" id="id_x_error"><p><svg></svg><span><span class="aloud">Error: </span>
        This field is required.</span>
        </p></div></fieldset>
        """,
    )


def test_field_of_one_checkbox_has_its_label_behind_it():
    same_html(
        field_html(forms.BooleanField(label="I agree", help_text="H")),
        """
        <div class="field checkbox full"><label class="tick" for="id_x">
        <input type="checkbox" name="x" required aria-describedby="id_x_helptext" id="id_x"><span>I agree</span></label>
        <p class="help" id="id_x_helptext">H</p></div>
        """,
    )


def test_field_takes_selects_days_files_and_groups_of_inputs():
    select = field_html(forms.ChoiceField(label="S", choices=[("a", "A")]))
    assert '<select name="x" id="id_x">' in select
    day = field_html(forms.DateField(label="D", widget=forms.DateInput(attrs={"type": "date"})))
    assert '<input type="date" name="x" required id="id_x">' in day
    file = field_html(forms.FileField(label="F"))
    assert '<input type="file" name="x" required id="id_x">' in file
    group = field_html(forms.SplitDateTimeField(label="G", widget=forms.SplitDateTimeWidget), {"x_0": "x"})
    assert parse_html(group).name == "fieldset"
    assert group.count("<input") == 2


def test_field_that_is_hidden_is_only_its_input():
    html = field_html(forms.CharField(widget=forms.HiddenInput), initial={"x": "v"})
    same_html(html, '<input type="hidden" name="x" value="v" id="id_x">')


def test_field_takes_another_label_and_hint_and_keeps_what_the_form_said():
    field = forms.CharField(label="L", widget=forms.TextInput(attrs={"aria-describedby": "other"}))
    html = field_html(
        field,
        source='{% component "field" field=form.x label="M" hint="H" hide_label=True width="short" %}'
        '{% slot "after" %}A{% endslot %}{% endcomponent %}',
    )
    same_html(
        html,
        """
        <div class="field line short"><label for="id_x" class="aloud">M</label><p class="help" id="id_x_helptext">H</p>
        <input type="text" name="x" aria-describedby="other id_x_helptext" required id="id_x">A</div>
        """,
    )


def test_form_errors_lead_to_each_field_and_count_them():
    form = Sample(forms.ChoiceField(label="Kind", choices=[("q", "Q")], widget=forms.RadioSelect), {})
    form.fields["note"] = forms.CharField(label="Note")
    form.is_valid()
    form.add_error(None, "Closed <today>.")
    same_html(
        without_icons(drawn('{% c "form-errors" form=form %}', form=form)),
        """
        <div class="banner refusal form-errors" role="alert" tabindex="-1" autofocus><svg></svg><div>
        <p class="banner-title">3 things need another look. Nothing was changed, and what you wrote is still here.</p>
        <ul><li>Closed &lt;today&gt;.</li><li><a href="#id_x_0">Kind — This field is required.</a></li>
        <li><a href="#id_note">Note — This field is required.</a></li></ul></div></div>
        """,
    )


def test_form_errors_draw_nothing_for_a_fresh_or_a_good_form():
    field = forms.CharField()
    assert drawn('{% c "form-errors" form=form %}', form=Sample(field)) == ""
    assert drawn('{% c "form-errors" form=form %}', form=Sample(field, {"x": "fine"})) == ""


def test_form_errors_name_what_is_wrong_in_a_hidden_field_without_a_link():
    form = Sample(forms.IntegerField(label="Version", widget=forms.HiddenInput), {"x": "old"})
    assert "<li>Version — Enter a whole number.</li>" in drawn('{% c "form-errors" form=form %}', form=form)


def test_editor_keeps_a_draft_counts_and_previews():
    field = forms.CharField(label="Answer", max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))
    html = field_html(
        field,
        source='{% component "editor" field=form.x draft="topic-1" preview_url="/preview" %}'
        '{% slot "tools" %}T{% endslot %}{% slot "preview" %}P{% endslot %}{% endcomponent %}',
    )
    same_html(
        html,
        """
        <div class="editor"><label for="id_x">Answer</label>
        <textarea name="x" cols="40" rows="5" maxlength="2000" required aria-describedby="id_x_helptext"
         class="prose-input" data-draft-key="topic-1" data-count="id_x_count" id="id_x"></textarea>
        <div class="editor-foot"><p class="help" id="id_x_helptext">Markdown: *emphasis*, **strong**, - list,
         &gt; quote,
         [text](address), @name to mention.</p>
        <output class="left num" id="id_x_count" for="id_x" data-limit="2000" data-words="left" hidden></output></div>
        <div class="editor-tools">T<button class="button quiet small" type="submit" name="preview" value="1"
         formaction="/preview" hx-post="/preview" hx-target="next .preview" hx-swap="innerHTML"><svg></svg>
        <span>Preview</span></button></div>
        <div class="preview prose" aria-live="polite">P</div></div>
        """,
    )


def test_editor_that_is_refused_keeps_the_text_and_says_why():
    html = field_html(
        forms.CharField(label="Answer", max_length=3, widget=forms.Textarea),
        {"x": "</textarea>long"},
        source='{% c "editor" field=form.x hint="H" %}',
    )
    assert "&lt;/textarea&gt;long</textarea>" in html
    assert 'aria-describedby="id_x_helptext id_x_error"' in html
    assert "Ensure this value has at most 3 characters (it has 15)." in html
