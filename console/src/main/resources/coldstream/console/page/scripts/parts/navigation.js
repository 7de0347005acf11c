/** Marks the link to the panel that is being looked at: the first that reaches into the upper part of the window. */
export function startNavigation(nav) {
  const links = new Map([...nav.querySelectorAll('a')].map(link => [link.hash.slice(1), link]));
  const seen = new Set();
  const observer = new IntersectionObserver(entries => {
    for (const { target, isIntersecting } of entries) {
      isIntersecting ? seen.add(target.id) : seen.delete(target.id);
    }
    const current = [...links.keys()].find(id => seen.has(id));
    for (const [id, link] of links) {
      id === current ? link.setAttribute('aria-current', 'true') : link.removeAttribute('aria-current');
    }
  }, { rootMargin: '-70px 0px -60% 0px' });
  links.forEach((_, id) => observer.observe(document.getElementById(id)));
}
