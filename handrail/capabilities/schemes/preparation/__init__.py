"""Twenty minutes to get ready as a mentor; and the mentors' circle, about the craft and never about people."""
