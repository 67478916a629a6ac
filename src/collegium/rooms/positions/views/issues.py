"""The pages of issues: the list, the intake, one issue, and what is decided of it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from collegium.core.access.doors import viewer_of
from collegium.core.access.errors import Refused
from collegium.core.access.viewers import Viewer
from collegium.core.people.queries import member_societies

from .. import actions
from ..forms.issues import IssueForm, ReasonForm, TriageForm, seen_of
from ..models import Issue
from ..queries import issues as rows
from ..queries.similar import Similar, similar
from ..queries.speaking import raising_tenures, run_groups
from ..rules import issues as rules
from ..rules.positions import is_chair
from .doors import done, see_other, sent, status_of

form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def issues(request: HttpRequest) -> HttpResponse:
    """The newest issues, of one state or of all."""
    viewer = viewer_of(request)
    state = request.GET.get("state", "")
    filters = [("", _("All"), ""), *((value, label, f"?state={value}") for value, label in Issue.State.choices)]
    url = reverse("positions:issues")
    context = {
        "issues": rows.issues_page(viewer, state=state),
        "filters": [{"url": url + query, "label": label, "current": state == value} for value, label, query in filters],
        "may_raise": bool(raising_tenures(viewer)),
        "now": viewer.at,
    }
    return render(request, "positions/issues.html", context)


@form_page
def new_issue(request: HttpRequest) -> HttpResponse:
    """The intake. What resembles it is shown before it is raised; nothing typed is lost."""
    viewer = viewer_of(request)
    form = _issue_form(request, viewer)
    if not form.tenures:
        raise Http404
    found = similar(str(form["title"].value() or ""), viewer)
    if form.is_bound and _was_shown(form, found):
        issue = done(form, lambda _values: actions.raise_issue(**form.told, viewer=viewer, at=viewer.at))
        if issue:
            return see_other(request, issue.get_absolute_url(), _("The issue is raised. Whom it touches is told."))
    context = {"form": form, "similar": rows.shown(found), "seen": seen_of(found)}
    return render(request, "positions/new_issue.html", context, status=status_of(form))


def _issue_form(request: HttpRequest, viewer: Viewer) -> IssueForm:
    return IssueForm(
        sent(request),
        tenures=raising_tenures(viewer),
        groups=run_groups(viewer),
        societies=member_societies(viewer.at),
        similar_url=reverse("positions:similar"),
        zone=viewer.person.time_zone if viewer.person else "UTC",
    )


def _was_shown(form: IssueForm, found: list[Similar]) -> bool:
    """Whether what resembles it stood on the page from which the form was sent; otherwise it does now."""
    if not form.is_valid() or form.cleaned_data["seen"] == seen_of(found):
        return True
    form.add_error(None, _("There are similar ones: look at them below, and send it again if yours is another."))
    return False


@require_safe
def similar_issues(request: HttpRequest) -> HttpResponse:
    """What resembles a title that is being typed."""
    found = similar(request.GET.get("title", ""), viewer_of(request))
    return render(request, "positions/similar.html", {"similar": rows.shown(found)})


@require_safe
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """One issue: what was answered, whom it touches, what was decided and why."""
    viewer = viewer_of(request)
    found = rows.issue_for_page(viewer, pk)
    is_own = found.entry.author_id == viewer.person_id
    context = {
        "issue": found,
        "positions": rows.positions_of(found, viewer),
        "similar": rows.shown(similar(found.entry.title, viewer, but=found.pk)),
        "may_decide": found.waits and rules.does_triage(viewer) and not is_own,
        "may_withdraw": found.waits and is_own,
        "may_begin": found.entry.state == Issue.State.ACCEPTED and is_chair(viewer),
    }
    return render(request, "positions/issue.html", context)


@form_page
def triage(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide of an issue."""
    viewer = viewer_of(request)
    found = rows.issue_for_page(viewer, pk)
    if not rules.does_triage(viewer):
        raise Http404
    groups, others = rows.visible_groups(viewer), rows.open_issues(viewer, but=found.pk)
    form = TriageForm(sent(request), issues=others, groups=groups)
    if form.is_bound and done(form, lambda values: _decide(found, viewer, values)):
        return see_other(
            request, found.get_absolute_url(), _("Decided. Whoever raised it and whom it touches is told.")
        )
    context = {"issue": found, "form": form}
    return render(request, "positions/triage.html", context, status=status_of(form))


def _decide(found: Issue, viewer: Viewer, values: dict[str, Any]) -> Issue:
    told: dict[str, Any] = {"reason": values["reason"], "viewer": viewer, "at": viewer.at}
    match values["outcome"]:
        case TriageForm.ACCEPT:
            return actions.accept_issue(found, **told)
        case TriageForm.DECLINE:
            return actions.decline_issue(found, **told)
        case TriageForm.MERGE:
            return actions.merge_issue(found, into=values["into"], **told)
        case TriageForm.REFER:
            return actions.refer_issue(found, to=values["to"], **told)
    raise Refused(_("There is no such choice."))


@form_page
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what one raised."""
    viewer = viewer_of(request)
    found = rows.issue_for_page(viewer, pk)
    if found.entry.author_id != viewer.person_id:
        raise Http404
    form = ReasonForm(sent(request))
    told: dict[str, Any] = {"viewer": viewer, "at": viewer.at}
    if form.is_bound and done(form, lambda values: actions.withdraw_issue(found, **values, **told)):
        return see_other(request, found.get_absolute_url(), _("The issue is withdrawn."))
    context = {"issue": found, "form": form}
    return render(request, "positions/withdraw_issue.html", context, status=status_of(form))
