"""What tells one organisation from another besides names: registration and phone numbers, postcodes."""
