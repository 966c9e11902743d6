"""What is owed by whom, from when, by when: one notion of an action, a report and a release."""
