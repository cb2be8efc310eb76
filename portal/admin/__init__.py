"""The admin of the portal: Django's own, in Vietnamese, behind the portal's sign-in and doors."""
