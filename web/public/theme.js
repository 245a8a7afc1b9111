// Blocks on purpose: the theme must be set before the first paint.
(() => {
  let choice = 'system';
  let folded = false;
  try {
    choice = localStorage.getItem('interlock.theme') || 'system';
    folded = localStorage.getItem('interlock.rail') === 'folded';
  } catch {
    // Storage is blocked: follow the system.
  }
  const dark =
    choice === 'dark' || (choice === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  const root = document.documentElement;
  root.dataset.theme = dark ? 'dark' : 'light';
  // What is around the page, until the program is there: #frame in index.html.
  const { pathname } = location;
  if (/^\/t\/./.test(pathname)) root.dataset.frame = folded ? 'folded' : 'rail';
  else if (/^\/(sign-in|join)$/.test(pathname)) root.dataset.frame = pathname.slice(1);
})();
