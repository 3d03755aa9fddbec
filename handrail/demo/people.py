"""The people of the invented organisation. Nobody here is real."""

from dataclasses import dataclass

ORGANISATION = "Saltmarsh Council"
DOMAIN = "saltmarsh.example"


@dataclass(frozen=True)
class Invented:
    name: str
    job_title: str
    unit: str
    manager: str = ""  # a name; "" nobody above; "?" not known

    @property
    def email(self) -> str:
        """What stands on the list of people; one of them has none, and is reached by letter."""
        if self.name == WITHOUT_EMAIL:
            return ""
        plain = self.name.lower().replace("’", "").replace("é", "e").replace("ö", "o").replace(" ", ".")
        return f"{plain}@{DOMAIN}"


CHIEF = "Marian Holt"
LEADER, MENTOR, COORDINATOR, SPONSOR = "Helen Ashdown", "Priya Raman", "Tom Okafor", "Ruth Adeyemi"
ADMINISTRATOR, ASSISTANT = "Sam Lindqvist", "Beth Carrow"
WITHOUT_EMAIL = "Councillor Joan Marsh"
CONTACT = "Councillor Bill Sutter"  # outside every line, and in no pairing

FIRST = [
    Invented(CHIEF, "Chief Executive", "Chief Executive’s Office"),
    Invented(SPONSOR, "Chair of the Digital Board", "Members", "?"),
    Invented(LEADER, "Director of Adult Care", "Adult Care", CHIEF),
    Invented("Graham Pell", "Director of Resources", "Resources", CHIEF),
    Invented("Nadia Karim", "Director of Children’s Services", "Children’s Services", CHIEF),
    Invented("Owen Trevithick", "Director of Place", "Place", CHIEF),
    Invented("Isobel Fearn", "Head of Libraries", "Place", "Owen Trevithick"),
    Invented("Desmond Clarke", "Head of Housing", "Place", "Owen Trevithick"),
    Invented("Yusuf Demir", "Head of Finance", "Resources", "Graham Pell"),
    Invented("Carys Bevan", "Head of Legal", "Resources", "Graham Pell"),
    Invented("Anneke Visser", "Head of Early Help", "Children’s Services", "Nadia Karim"),
    Invented("Councillor Joan Marsh", "Ward member, Eastgate", "Members", "?"),
    Invented("Councillor Bill Sutter", "Ward member, Harbour", "Members", "?"),
    Invented(COORDINATOR, "Learning and Development Lead", "People", "Graham Pell"),
    Invented(ADMINISTRATOR, "Infrastructure Engineer", "Technology", "Graham Pell"),
    Invented(ASSISTANT, "Executive Assistant", "Adult Care", LEADER),
    Invented(MENTOR, "Service Designer", "Technology", "Sam Lindqvist"),
    Invented("Luca Ferri", "Data Analyst", "Resources", "Yusuf Demir"),
    Invented("Amy Tran", "Community Librarian", "Place", "Isobel Fearn"),
    Invented("Kofi Mensah", "Web Editor", "Communications", "?"),
    Invented("Ffion Rees", "Youth Worker", "Children’s Services", "Anneke Visser"),
    Invented("Dan Whitlow", "Housing Officer", "Place", "Desmond Clarke"),
    Invented("Sofia Marin", "Social Worker", "Adult Care", LEADER),
    Invented("Jakub Nowak", "Apprentice, Digital", "Technology", "Sam Lindqvist"),
    Invented("Grace Obi", "Contact Centre Team Leader", "Customer Services", "?"),
    Invented("Ravi Patel", "Parking Systems Officer", "Place", "Owen Trevithick"),
    Invented("Ellen Moor", "Revenues Officer", "Resources", "Yusuf Demir"),
    Invented("Theo Brandt", "Planning Officer", "Place", "Owen Trevithick"),
    Invented("Mina Haddad", "Occupational Therapist", "Adult Care", LEADER),
    Invented("Craig Dunning", "Highways Inspector", "Place", "Owen Trevithick"),
]

# Those who have signed up and wait for a pair; their conversations are not looked at.
WAITING = [
    Invented("Alun Price", "Head of Highways", "Place", "Owen Trevithick"),
    Invented("Meera Joshi", "Head of Revenues", "Resources", "Graham Pell"),
    Invented("Tobias Lund", "Head of Leisure", "Place", "Owen Trevithick"),
    Invented("Kirsty Mair", "Head of Commissioning", "Adult Care", LEADER),
    Invented("Femi Balogun", "Head of Schools", "Children’s Services", "Nadia Karim"),
    Invented("Clara Voss", "Head of Procurement", "Resources", "Graham Pell"),
    Invented("Rhodri Wynn", "Head of Communications", "Communications", CHIEF),
    Invented("Hannah Sorley", "Head of Customer Services", "Customer Services", CHIEF),
    Invented("Ed Marchetti", "Head of Planning", "Place", "Owen Trevithick"),
    Invented("Councillor Peter Amos", "Ward member, Northgate", "Members", "?"),
    Invented("Gwen Harries", "Information Officer", "Resources", "Carys Bevan"),
    Invented("Omar Siddiqui", "Web Developer", "Technology", ADMINISTRATOR),
    Invented("Lotte Jansen", "Campaigns Officer", "Communications", "Rhodri Wynn"),
    Invented("Billy Naylor", "Waste Collector", "Place", "Alun Price"),
    Invented("Aisha Rahman", "Business Analyst", "Technology", ADMINISTRATOR),
    Invented("Tess Hallam", "Library Assistant", "Place", "Isobel Fearn"),
    Invented("Piotr Zielinski", "Service Desk Analyst", "Technology", ADMINISTRATOR),
    Invented("Nia Powell", "Participation Worker", "Children’s Services", "Anneke Visser"),
    Invented("Jonah Whitby", "Benefits Adviser", "Customer Services", "Hannah Sorley"),
    Invented("Councillor Dee Larkin", "Ward member, Quayside", "Members", "?"),
]
PEOPLE = [*FIRST, *WAITING]

# (leader, mentor, how far it has come)
PAIRINGS = [
    (LEADER, MENTOR, "agreed"),
    ("Graham Pell", "Amy Tran", "agreed"),
    ("Nadia Karim", "Kofi Mensah", "agreed"),
    ("Owen Trevithick", "Luca Ferri", "asked"),
    ("Isobel Fearn", "Jakub Nowak", "half"),
    ("Desmond Clarke", "Grace Obi", "asked"),
    ("Yusuf Demir", "Ffion Rees", "paused"),
    ("Carys Bevan", "Theo Brandt", "not_taken_up"),
    ("Councillor Joan Marsh", "Dan Whitlow", "agreed"),
]

# Who has agreed a time, and who has one to choose: (leader, days from now, hour, chosen by the mentor already)
MEETINGS = [
    (LEADER, 3, 10, True),
    ("Graham Pell", 5, 15, True),
    ("Councillor Joan Marsh", 4, 17, True),
    ("Nadia Karim", 6, 9, False),
]

# What Helen and Priya wrote: (whose side, for the writer alone, the text)
NOTES = [
    ("mentor", False, "Before we meet: book a home visit on your own phone, as if you were a daughter in Leeds."),
    ("leader", False, "Did it on the train. Page two asks for a fax number. Who still has one?"),
    ("mentor", False, "Nobody. The field came over from the paper form. Whom would you ask to take it out?"),
    ("mentor", True, "Learns from real cases. Do not start with tools. Ask about the January figures."),
    ("leader", True, "Find out what “API” really means before the board. Ask P., she will not laugh."),
]
