"""Under which title an office prints the forms that the procedures call by two names (CF-30)."""

from dataclasses import dataclass

from menling.kernel.points import rule
from menling.kernel.policy import setting
from menling.kernel.words import _

TITLES = {
    "family_service_agreement": _("Family service agreement"), "home_service_agreement": _("In-home service agreement"),
    "housekeeping_register": _("Housekeeping service register"), "work_information_log": _("Work information log"),
    "home_service_record": _("Home service record"), "service_record": _("Service record sheet"),
}  # fmt: skip
"""What each choice prints at the head of the form."""


@dataclass(frozen=True)
class FormTitles:
    """The titles of an office; without a word of its own those of the home service flow."""

    agreement: str = setting(
        "forms.titles.agreement", ("HS-4.1.1.3", "HC-5.1.5", "CF-30"), _("Title of the agreement"), "family_service_agreement",
        options=("family_service_agreement", "home_service_agreement"),
    )  # fmt: skip
    register: str = setting(
        "forms.titles.register", ("HS-4.1.1.2", "HC-5.1.2", "CF-30"), _("Title of the housekeeping register"),
        "housekeeping_register", options=("housekeeping_register", "work_information_log"),
    )  # fmt: skip
    record: str = setting(
        "forms.titles.record", ("HS-4.1.1.4", "OC-4.5", "CF-30"), _("Title of the service record"), "home_service_record",
        options=("home_service_record", "service_record"),
    )  # fmt: skip


@rule("CF-30")
def printed_title(chosen: str) -> str:
    """Return the title that a choice prints; what is stored under it is the same record whatever its title."""
    return TITLES[chosen]
