"""What runs the checks: one module for each subject, one function for each check, named as it is."""
