from registration.admin.access import arrangements, sensitive  # noqa: F401 -- so that Django finds them
from registration.admin.bringing_in import lists  # noqa: F401 -- likewise
from registration.admin.common import helper  # noqa: F401 -- likewise
from registration.admin.inviting import invitations  # noqa: F401 -- likewise
from registration.admin.messages import letters, message_texts, messages, planned  # noqa: F401 -- likewise
from registration.admin.registrations import editions, intake, questions, registration  # noqa: F401 -- likewise
from registration.admin.travel import hotels, requests  # noqa: F401 -- likewise
