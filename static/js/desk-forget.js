// On the pages of signing in and out: no account is signed in, so this browser forgets whom the desk has loaded. What was
// not sent yet stays (static/js/desk-store.js): it has no names, and the next account at this desk sends it.
try {
  indexedDB.deleteDatabase("desk-people");
  caches.delete("desk").catch(() => {});
} catch {
  // This browser keeps nothing.
}
