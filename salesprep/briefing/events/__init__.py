"""What an event of a calendar tells about whom it is with: links to records, places, company, copies."""
