// The pages work without this; it adds keys, local times, live news and small comforts.
import { wireForms } from "./forms.js";
import { wireKeys } from "./keys.js";
import { watchAlerts } from "./live.js";
import { localiseTimes } from "./times.js";

localiseTimes();
wireForms();
wireKeys();
watchAlerts();
