"""Menling (门铃): the moment when a resident's request turns into a person at the door."""
