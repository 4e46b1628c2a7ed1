"""The roles people hold in an office or in the company."""

from enum import StrEnum


class Role(StrEnum):
    """One key per role of the procedures; an office may give one person several."""

    CUSTOMER = "customer"
    SERVICE_DESK = "service_desk"
    SERVICE_DESK_SUPERVISOR = "service_desk_supervisor"
    CONTROL_CENTRE = "control_centre"
    CALL_DEPARTMENT = "call_department"
    HOUSEKEEPER = "housekeeper"
    REPAIR_WORKER = "repair_worker"
    TEAM_LEAD = "team_lead"
    BUSINESS_LEAD = "business_lead"
    FINANCE = "finance"
    OFFICE_MANAGER = "office_manager"
    QUALITY = "quality"
    COMPANY_MANAGEMENT = "company_management"
    PROVIDER = "provider"
    ENGINEERING_CREW = "engineering_crew"
    HOME_SERVICE_WORKER = "home_service_worker"
    TRACKER = "tracker"
    DEPARTMENT_HEAD = "department_head"
    ADMINISTRATION = "administration"
    WAREHOUSE = "warehouse"
    SECURITY = "security"
    EMPLOYEE = "employee"
    OWNERS_COMMITTEE = "owners_committee"
    ADMINISTRATOR = "administrator"
    REPAIR_DESK = "repair_desk"
    HOUSEKEEPING_DESK = "housekeeping_desk"
    ASSIGNER = "assigner"
    SYSTEM = "system"


WORKERS = frozenset({Role.REPAIR_WORKER, Role.HOUSEKEEPER, Role.ENGINEERING_CREW, Role.HOME_SERVICE_WORKER})
"""Roles whose steps happen away from a desk and may be recorded on their behalf."""

DERIVED = frozenset({Role.REPAIR_DESK, Role.HOUSEKEEPING_DESK, Role.ASSIGNER, Role.SYSTEM})
"""Roles nobody is given: an office's choices lend them to who sits at a desk or leads a team."""

OUTSIDE = frozenset({Role.PROVIDER, Role.OWNERS_COMMITTEE})
"""Roles of people who log in and are nobody of the company: no case is theirs but one that is given to them by name."""

RECORDERS = frozenset({Role.CONTROL_CENTRE, Role.SERVICE_DESK, Role.TEAM_LEAD})
"""Roles that may record a worker's step afterwards."""

LEADS_OR_ABOVE = frozenset({Role.BUSINESS_LEAD, Role.OFFICE_MANAGER, Role.COMPANY_MANAGEMENT})
"""Business lead or above, in the sense of HS-3.3."""
