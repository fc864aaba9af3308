"""The unpaid work book of a region: the schedule from Day 1 on, and per team what is late or differs."""

from lists.registry import makes_lists
from lists.sources import Lists, ListSources
from lists.unpaid_work.appointments import appointment_list
from lists.unpaid_work.checks import ete_list, travel_list, women_list
from lists.unpaid_work.hours import disagreement_list, outstanding_list, past_the_year_list
from lists.unpaid_work.late import assessment_list, review_list, start_list
from lists.unpaid_work.schedule import placement_list, project_list, session_list
from lists.unpaid_work.sources import work_sources
from lists.unpaid_work.teams import team_list
from lists.unpaid_work.twice import twice_list


@makes_lists("unpaid_work", "upw")
def unpaid_work_lists(sources: ListSources) -> Lists:
    """Every list of the book; the team of a line is the receiving team, its officer the person's own."""
    work = work_sources(sources)
    lists = {
        "sessions": session_list(work),
        "projects": project_list(work),
        "placements": placement_list(work),
        "assessment_overdue": assessment_list(work),
        "start_overdue": start_list(work),
        "reviews_due": review_list(work),
        "past_12_months": past_the_year_list(work),
        "hours": outstanding_list(work),
        "hours_disagree": disagreement_list(work),
        "ete": ete_list(work),
        "travel": travel_list(work),
        "women": women_list(work),
        "hours_twice": twice_list(work),
        "appointments": appointment_list(work),
    }
    return {"teams": team_list(lists), **lists}
