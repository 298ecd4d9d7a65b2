"""The forms by which names of companies and products are known: the words in them, what is said of them, where they stand."""

from __future__ import annotations

import re

_CAP = r"(?:[A-Z][A-Za-zÀ-žḀ-ỿ0-9&'’.-]{0,80}[A-Za-zÀ-žḀ-ỿ0-9]|[A-Z][a-z]?)"  # no word is longer
CUE = (
    r"(?:Biologics|Bioepis|Biopharma(?:ceuticals?)?|Pharmaceuticals?|Pharma|Pharm|Therapeutics|Biosciences?|Bioscience|Bio[Tt]ech|Bio[Mm]anufacturing|Bio[Pp]rocess(?:ing)?|Biotechnolog(?:y|ies)|Biotherapeutics|"
    r"Biosystems|Biopharm|Bio|Biomed|Biomedical|Genetics|Genomics|Vaccines|Oncology|Laborator(?:y|ies)|Labs|Medicines|Healthcare|Diagnostics|Life Sciences?|Sciences|"
    r"Chemicals?|Biosimilars|Immuno|Immunotherapeutics|Neuro|Medical|Inc\.?|Corp\.?|Ltd\.?|AG|GmbH|A/S|PLC|plc|SE|LLC|Co\.|S\.A\.|S\.p\.A\.|N\.V\.|B\.V\.|AB|ASA|Oyj|KK|Pty|Bhd|SAS|Sp\. z o\.o\.)"
)
_TRADE = (
    r"(?:Services?|Solutions|Technolog(?:y|ies)|Systems?|Suppl(?:y|ies)|Manufacturing|Industries|Ingredients|Products|Works|Research|Instruments"
    r"|Devices|Plasma|Cells?|Genes?|Innovations?|Discovery|Platforms?|Networks?|International|Holdings?|Ventures|Materials|Packaging)"
)
"""What may follow such a word in a company's name."""
_UPPER_CUE = r"(?:BIOLOGICS|BIOPHARMA(?:CEUTICALS?)?|PHARMACEUTICALS?|PHARMA|THERAPEUTICS|BIOSCIENCES?|BIOTECH|BIOTECHNOLOG(?:Y|IES)|GENETICS|GENOMICS|VACCINES|LABORATORIES|HEALTHCARE|DIAGNOSTICS|LIFE SCIENCES|SCIENCES|HOLDINGS?|INC\\.?|CORP\\.?|LTD\\.?|LIMITED|AG|GMBH|PLC|SE)"
UPPER_ORGANISATION = re.compile(
    rf"(?:^[ ]{{0,12}}|(?<=, )|(?<=: ))(?:[A-Z][A-Z0-9&.'-]+[ ]){{1,3}}?{_UPPER_CUE}(?:[ ]{_UPPER_CUE}){{0,2}}(?![A-Za-z])", re.M
)
ORGANISATION = re.compile(
    rf"(?:(?<![\w-])|(?<=--))(?:{_CAP}[ ]){{1,3}}?{CUE}(?![\w])(?:[ ](?:{CUE}|{_TRADE})(?![\w]))*|(?:(?<![\w-])|(?<=--))[A-Z][A-Za-z]{{2,}}(?:bio|gen|pharm|pharma|zyme|thera|vax|biotics|logics|biologics)(?![a-z])"
)
ACTOR = re.compile(
    r"(?:^|(?<=[.!?:;\n•*-] )|(?<=\n)|(?<=[*•] ))(?P<name>[A-Z][A-Za-z'’.-]+(?:[ ][A-Z][A-Za-z'’.-]+){0,3})(?=(?:,[^,.\n]{2,60},)?[ ](?:said|says|reported|posted|recorded|raised|expects?|plans?|has (?:said|reported|signed|agreed|raised|launched|announced|invested|installed|secured)|signs?|signed|inks?|files?|acquires?|acquired|to buy|to acquire|"
    r"launched|unveiled|announced|forecasts?|guided|guides?|runs?|operates?|employs?|hopes|aims|invested|agreed|licen[cs]ed|won|booked|earned|sells?|closed|closes|bagged|secured|landed|netted|opened|builds|broke|lifted|cut|completed|received|priced|took in|brought in|generated|had sales|filed|intends|aims|generated|employs|operates|hired|hires|shed|sheds|expanded|sold|produced|produces|exported|spent|spends|shipped|makes|owns|supplies|supplied|bought|listed|went public|trebled|tripled|doubled|halved|missed|beat|swung|narrowed|returned to|suffered|grew|turned|earns|earned|made a|will (?:spend|invest|build|pay|buy|acquire|hire|employ|receive|open|make|sell|cut|expand|add|raise|double)|is (?:planning|building|investing|cutting|buying)|capex|rev|Q\d|FY\d\d|\dQ|\dH|contract)(?![a-z]))"
)
PRODUCT = re.compile(
    r"\b(?:[Ss]ales of|drug|therapy|vaccine|biosimilar|medicine|treatment|antibody|blockbuster|pill|injection|brand|anticoagulant|inhibitor|insulin|antibiotic"
    r"|antiviral|antipsychotic|antidepressant|painkiller|contraceptive|inhaler|jab|tablet|bestseller|seller)[ ]"
    r"(?P<name>[A-Z][a-z]{3,}[a-z0-9-]*)(?![A-Za-z]|[ ][A-Z])"
)
SET_OFF_PRODUCT = re.compile(
    r"\b(?:seller|bestseller|copy|version|flagship product|main product|lead product|top product),[ ](?P<name>[A-Z][a-z]{3,}[a-z0-9-]*),(?=[ ])"
)
"""A product between commas behind what it is: "its top seller, Ostavia, had"."""
SOLD = re.compile(r"\b(?:[Ss]ales|[Rr]evenues?)[ ](?:for|of|from)[ ](?P<name>[A-Z][a-z]{3,}[a-z0-9-]*)(?![A-Za-z]|[ ][A-Z])")
HOLDER = re.compile(
    r"(?<![\w.-])(?P<name>[A-Z][a-z]+[A-Z][A-Za-z]*|[A-Z]{3,5})(?=[ ](?:is|has|had|will|sold|made|holds|operates|owns|counts|employs)[ ])"
)
SPOKEN = re.compile(
    r"(?:we|i|it|they|you|that|there|he|she|who|what|here|let|don|doesn|isn|wasn|won|can)['’](?:ve|m|s|re|ll|d|t|us)", re.I
)
"""A pronoun with its verb: "We've"."""
CONTRIBUTES = re.compile(
    r"(?<![\w-])(?P<name>[A-Z][a-z]{3,}[a-z0-9-]*)(?= (?:contributed|chipped in) (?:about |some |just |nearly |over )?(?:US|[A-Z]{3} ?)?[$€£¥\d])"
)
SELLS = re.compile(
    r"(?<=[a-z,0-9] )(?P<name>[A-Z][a-z]{3,}[a-z0-9-]*)(?=[ ](?:net[ ]|product[ ]|global[ ]|US[ ]|U\.S\.[ ])?(?:sales|revenues?)\b)"
)
NOT_PRODUCT = frozenset(["samsung", "january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december", "asia", "africa", "north", "south", "east", "west", "latin", "total"])  # fmt: skip

_KIND_OF_COMPANY = (
    r"(?:biotech(?:nology)?(?: (?:company|firm|group))?|biopharma|drugmaker|drug maker|company|firm|maker|manufacturer|producer|developer|group|CDMO|CMO|"
    r"start-up|startup|supplier|specialist|house|unit|subsidiary|arm|contract manufacturer|vaccine maker|spin-off|spinout|affiliate|conglomerate|player)"
)
_CAPS = r"[A-Z][A-Za-z0-9'’.-]*[A-Za-z0-9](?:[ ][A-Z][A-Za-z0-9'’.-]*[A-Za-z0-9]){0,2}"
APPOSED = re.compile(
    rf"(?<![\w.-])(?<!\b[Ii]n )(?<!\b[Aa]t )(?<!\bfrom )(?P<name>{_CAPS})(?=(?: \([^()]{{2,24}}\))?, (?:(?:an?|the|one of|which|whose|formerly|now|once)\b[^,.;\n$€£¥\d]{{0,60}}?\b{_KIND_OF_COMPANY}\b|"
    r"which (?:makes|sells|runs|operates|employs|booked|posted|develops|supplies|said|reported|owns|has|had|listed|plans|went)\b))"
)
TITLED = re.compile(
    r"\b(?:biotech|drugmaker|drug maker|manufacturer|start-up|startup|peer|rival|competitor|subsidiary|developer|supplier|biopharma|maker|giant|company|group|firm|CDMO|CMO)"
    rf"[ ](?P<name>{_CAPS})(?![\w-])"
)
OWNED = re.compile(
    rf"(?<![\w.-])(?P<name>{_CAPS})['’]s?[ ](?:[a-z0-9-]+[ ]){{0,3}}?(?:revenues?|sales|turnover|profit|operating|net|capex|capital|order|orders|backlog|pipeline|plants?|factory|headcount|workforce|guidance|capacity|R&D|"
    r"results?|board|shares?|management|chief|CEO|CFO|chairman|utilisation|utilization|upfront)\b"
)
TICKED = re.compile(
    r"\((?:(?:NASDAQ|Nasdaq|NYSE|KOSDAQ|Kosdaq|KOSPI|KRX|TSE|LSE|AIM|SIX|HKEX|SEHK|SSE|SZSE|NSE|BSE|ASX|TSX|XETRA|FRA|OMX|Euronext[^:()]{0,12})\s?:\s?[A-Z0-9.]{1,8}|[A-Z0-9]{2,6}\.[A-Z]{1,3}\))"
)
"""A stock exchange and a name's sign on it, in brackets."""
TICKER = re.compile(
    rf"(?:(?<![\w.-])|(?<=--))(?P<name>[A-Z][A-Za-z0-9&'’.-]+(?:[ ][A-Z&][A-Za-z0-9&'’.-]*){{0,3}}),?(?= {TICKED.pattern})"
)
SHORTHAND = re.compile(
    r"^[ \t•*■□▪–-]{0,6}(?P<name>[A-Z][A-Za-z0-9&'’.-]+(?:[ ][A-Z][A-Za-z0-9&'’.-]+){0,2})(?:[ ]\([^()\n]{2,16}\))?(?:[:,]? (?=(?:FY|[1-4]Q|Q[1-4]|[12]H|H[12]|9M|6M|3M|rev|sales|OP\b|op\b|capex|orders?|backlog|guid)))",
    re.M,
)
SAID_OF_PRODUCT = re.compile(
    r"\b(?:antibody|drug|vaccine|therapy|biosimilar|treatment|pill|injection|medicine|jab|inhaler|blockbuster|brand)(?:,| (?:sold|brought|earned|made|contributed|generated|grew|rose|fell))"
)
APPOSED_PRODUCT = re.compile(
    rf"(?<![\w-])(?P<name>[A-Z][a-z]{{3,}}[a-z0-9-]*)(?=,? (?:\([^()]{{2,40}}\),? )?(?:its|the|their|an?|our|whose)? ?[^,.;\n]{{0,50}}{SAID_OF_PRODUCT.pattern})"
)
SLUG = re.compile(
    r"(?:BRIEF|EXCLUSIVE|CORRECTED|REFILE|FACTBOX|FEATURE|INTERVIEW|ANALYSIS|FOCUS|INSIGHT|EXPLAINER|TIMELINE|FLASH|ALERT|(?:UPDATE|WRAPUP) \d)-(?=[A-Z])"
)
"""What a wire sets before a headline: "BRIEF-Quillmoor Pharma lifts its forecast"."""
SEAT = re.compile(r"-(?:(?:[a-z]{2,}(?:ed|ing)|run|led|born|built|made|grown|held)|[Bb]ased)$")
"""The end of a word that says of whom or where a company is: "Mainz-based", "Family-owned"."""
KOREAN_PERSON = re.compile(
    r"(?:Kim|Lee|Park|Choi|Jung|Jeong|Kang|Cho|Yoon|Yun|Jang|Chang|Lim|Im|Han|Oh|Seo|Suh|Shin|Kwon|Hwang|Ahn|An|Song|Ryu|Hong|Moon|Yang|Bae|Baek|Heo"
    r"|Nam|Noh|Ha|Jeon|Ko|Koh|Son|Sohn|Yoo|Yu|Chung|Myung|Tak|Cha|Joo|Ju|Woo|Koo|Ku|Min|Na|Um|Eom|Won|Chun|Chon|Bang|Kong|Byun|Pyo|Sung|Yeo|Ji)"
    r"[ ][A-Z][a-z]+-[a-z]+"
)
"""A Korean's full name, the family's first."""
OFFICES = frozenset(["Mr", "Ms", "Mrs", "Dr", "Prof", "Professor", "President", "Minister", "Commissioner", "Chief", "Mayor", "Governor", "Senator", "Chairman", "Chairwoman", "Director", "Acting", "Deputy", "Vice", "Lord", "Lady", "Sir", "Dame", "Economist", "Analyst", "Secretary", "Prime", "His", "Her", "Representative", "Ambassador"])  # fmt: skip
"""What stands before the name of a person, or of a minister."""
PROSE = frozenset(["transcript", "about", "with", "why", "your", "once", "none", "nobody", "everybody", "everyone", "cancer", "competitors", "trading", "safety", "organization", "organisation", "filed", "phds", "commonwealth", "nothing", "something", "also", "today", "yesterday", "tomorrow", "elsewhere", "kosdaq", "kospi", "inc", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "update", "note", "highlights", "outlook", "results", "earnings", "summary", "table", "key", "financial", "weekly", "daily", "monthly", "morning", "evening", "digest", "briefing", "review", "bulletin", "product", "products", "service", "services", "royalty", "royalties", "licence", "license", "licensing", "collaboration", "operating", "contract", "contracts", "order", "orders", "export", "vaccine", "vaccines", "segment", "quarterly", "adjusted", "core", "underlying", "reported", "consolidated", "organic", "interim", "group", "board", "shareholders", "patients", "generics", "annual", "full-year", "half-year", "dividend", "headcount", "staff", "employment", "workforce", "backlog", "guidance", "income", "expenses", "loss", "losses", "cash", "debt", "margin", "margins", "turnover", "approvals", "pipeline", "plants", "licences", "deals", "talks", "shipments", "volume", "prices", "price", "tariff", "tariffs", "payments", "grants", "biologic", "biopharmaceutical", "biopharmaceuticals", "drug", "device", "devices", "according", "although", "among", "analysts", "both", "despite", "during", "each", "even", "every", "following", "from", "german", "global", "half", "here", "however", "including", "indeed", "instead", "its", "like", "local", "looking", "many", "meanwhile", "more", "most", "much", "nearly", "net", "of", "on", "once", "only", "our", "over", "overall", "part", "president", "r", "recent", "region", "sales", "shares", "since", "so", "still", "such", "that", "their", "then", "these", "they", "third", "those", "thus", "today", "total", "two", "under", "until", "up", "well", "when", "where", "while", "why", "with", "yet", "year", "years", "you", "your"])  # fmt: skip


BODIES = frozenset(["act", "union", "commission", "fund", "ministry", "plan", "programme", "program", "agency", "council", "committee", "bill", "strategy", "institute", "university", "bank", "association", "authority", "office", "parliament", "senate", "congress", "assembly", "court", "department", "bureau", "board", "forum", "conference", "summit", "exchange", "initiative", "project", "mission", "republic", "kingdom", "state", "states", "government", "cluster", "valley", "park", "city", "centre", "center", "hospital", "europe", "america", "asia", "street", "journal", "times", "news", "press", "daily", "partners"])  # fmt: skip
"""Last words of names that are no companies."""
