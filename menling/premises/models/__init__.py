"""Rows of the premises."""

from menling.premises.models.changes import Change
from menling.premises.models.people import Household, Occupancy, Person, Phone
from menling.premises.models.places import Building, Company, Office, Unit
from menling.premises.models.roster import Cover, OnCall, Swap
from menling.premises.models.staff import Post, Shift, Skill, Staff, Token

__all__ = [
    "Building",
    "Change",
    "Company",
    "Cover",
    "Household",
    "Occupancy",
    "Office",
    "OnCall",
    "Person",
    "Phone",
    "Post",
    "Shift",
    "Skill",
    "Staff",
    "Swap",
    "Token",
    "Unit",
]
