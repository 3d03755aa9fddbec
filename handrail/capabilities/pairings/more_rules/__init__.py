"""More rules of a search, for those who need them: parties, preparation, wishes, least and most, two mentors."""
