// What the desk keeps in this browser, so that a reload without a line loses nothing.
// "desk-people": whom the page has loaded (names, badge numbers, lanyards; never an answer about needs), for one account
// and until the day is over; desk-forget.js deletes it. "desk-unsent": what was pressed and not sent yet, without names.
// Where the browser keeps nothing, or its disk is full, the page goes on from memory and says so.
const deskStore = (() => {
  const BOTH = {
    people: ["desk-people", (db) => (db.createObjectStore("days", { keyPath: "day" }), db.createObjectStore("people", { keyPath: ["day", "token"] }))],
    acts: ["desk-unsent", (db) => db.createObjectStore("acts", { keyPath: "turn", autoIncrement: true })],
  };
  const opened = {};
  const inMemory = []; // acts that could not be kept
  const heard = { trouble: () => {}, forgotten: () => {} }; // the page says what it does then

  function open(which) {
    opened[which] ??= new Promise((resolve, reject) => {
      const [name, make] = BOTH[which];
      const asked = indexedDB.open(name, 1);
      asked.onupgradeneeded = () => make(asked.result);
      asked.onerror = asked.onblocked = () => reject(asked.error);
      asked.onsuccess = () => {
        // Another tab signs out: it waits until this one lets go.
        asked.result.onversionchange = () => {
          asked.result.close();
          delete opened[which];
          heard.forgotten();
        };
        resolve(asked.result);
      };
    });
    opened[which].catch(() => delete opened[which]);
    return opened[which];
  }

  // One transaction: `work` is given the stores and may return a request, whose result comes back once all is on the disk.
  async function within(which, mode, names, work) {
    const db = await open(which);
    return new Promise((resolve, reject) => {
      const transaction = db.transaction(names, mode, { durability: "strict" });
      const request = work(...names.map((name) => transaction.objectStore(name)));
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  }

  // Resolves to undefined where it fails.
  async function tried(...what) {
    try {
      return await within(...what);
    } catch (problem) {
      heard.trouble(problem);
      return undefined;
    }
  }

  const ofDay = (day) => IDBKeyRange.bound([day], [day, []]);

  return {
    heard,

    // What is known of a day: {day, account, madeAt, offset, lostAt, until} and its people, or undefined.
    async day(day) {
      const known = await tried("people", "readonly", ["days"], (days) => days.get(day));
      if (!known) return undefined;
      return { ...known, people: await tried("people", "readonly", ["people"], (people) => people.getAll(ofDay(day))) };
    },

    keepDay: (known, everyone) =>
      tried("people", "readwrite", ["days", "people"], (days, people) => {
        days.put(known);
        if (!everyone) return;
        people.delete(ofDay(known.day));
        for (const person of everyone) people.put({ ...person, day: known.day });
      }),

    keepPerson: (day, person) => tried("people", "readwrite", ["people"], (people) => { people.put({ ...person, day }); }),

    // Days that are over, and those of another account.
    async forgetOthers(account, now) {
      for (const { day, until, account: whose } of (await tried("people", "readonly", ["days"], (days) => days.getAll())) ?? [])
        if (until < now || (account && whose !== account))
          await tried("people", "readwrite", ["days", "people"], (days, people) => { days.delete(day); people.delete(ofDay(day)); });
    },

    forgetPeople: () => tried("people", "readwrite", ["days", "people"], (days, people) => { days.clear(); people.clear(); }),

    async addAct(act) {
      try {
        await within("acts", "readwrite", ["acts"], (acts) => { acts.add(act); });
      } catch (problem) {
        inMemory.push(act);
        heard.trouble(problem);
      }
    },

    async acts() {
      return [...((await tried("acts", "readonly", ["acts"], (acts) => acts.getAll())) ?? []), ...inMemory];
    },

    async dropActs(sent) {
      const keys = new Set(sent.map((act) => act.key));
      for (let place = inMemory.length - 1; place >= 0; place--) if (keys.has(inMemory[place].key)) inMemory.splice(place, 1);
      await tried("acts", "readwrite", ["acts"], (acts) => { for (const { turn } of sent) if (turn) acts.delete(turn); });
    },

    hasOnlyInMemory: () => inMemory.length > 0,
  };
})();
