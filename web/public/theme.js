// Blocks on purpose: the theme must be set before the first paint.
(() => {
  let choice = 'system';
  try {
    choice = localStorage.getItem('interlock.theme') || 'system';
  } catch {
    // Storage is blocked: follow the system.
  }
  const dark =
    choice === 'dark' || (choice === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
