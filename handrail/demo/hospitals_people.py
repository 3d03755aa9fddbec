"""The people of the larger invented organisation: forty-eight teams of twelve. Nobody here is real."""

from handrail.demo.people import Invented

ORGANISATION = "Northmoor Hospitals"
DOMAIN = "northmoor.example"
TEAM_SIZE = 12
WITH_A_RISE, WITH_NO_SIGN, COORDINATOR, SPONSOR = "Maya Novak", "Ada Gupta", "Ben Bello", "Chidi Castell"
TEAMS = (
    *("Acute Medicine", "Anaesthetics", "Audiology", "Bed Management", "Blood Tests", "Breast Care", "Cardiology"),
    *("Chaplaincy", "Children’s Ward", "Clinical Coding", "Community Nursing", "Complaints", "Critical Care"),
    *("Day Surgery", "Dermatology", "Diabetes Care", "Dietetics", "Discharge", "Emergency", "Endoscopy", "Estates"),
    *("Eye Clinic", "Finance", "Fracture Clinic", "Gastroenterology", "Hearing Clinic", "Hospital at Home", "Imaging"),
    *("Infection Control", "Kidney Unit", "Laboratories", "Maternity", "Medical Records", "Neurology", "Nutrition"),
    *("Occupational Therapy", "Older People’s Care", "Outpatients", "Pain Clinic", "Pharmacy", "Physiotherapy"),
    *("Porters", "Radiotherapy", "Rehabilitation", "Respiratory", "Stroke Unit", "Theatres", "Volunteers"),
)
FIRST = (
    *("Ada", "Ben", "Chidi", "Dora", "Emil", "Farah", "Gwen", "Hassan", "Ida", "Jonas", "Kemi", "Leo", "Maya", "Nils"),
    *("Olga", "Pavel", "Rosa", "Samir", "Tessa", "Uma", "Victor", "Wanda", "Yara", "Zane"),
)
LAST = (
    *("Abbot", "Bello", "Castell", "Duarte", "Eriksen", "Foley", "Gupta", "Hale", "Ibarra", "Jansen", "Kowal"),
    *("Lindgren", "Moss", "Novak", "Osei", "Price", "Quist", "Rossi", "Shah", "Thorne", "Ueda", "Varga", "Wilde"),
    *("Young", "Zeller"),
)


def everybody() -> list[Invented]:
    """Team after team, who leads it first. No name comes twice."""
    people = []
    for number in range(len(TEAMS) * TEAM_SIZE):
        team = TEAMS[number // TEAM_SIZE]
        name = f"{FIRST[number % len(FIRST)]} {LAST[(number // len(FIRST) + number % len(FIRST)) % len(LAST)]}"
        job = "Head of Service" if number % TEAM_SIZE == 0 else "Team member"
        people.append(Invented(name, job, team))
    return people
