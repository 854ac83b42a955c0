/**
 * Begins something while the window is seen, and ends it while it is hidden.
 * @param begin answers with what ends it
 * @returns what ends it for good
 */
export function whileSeen(begin: () => () => void): () => void {
  let end: (() => void) | null = null
  function follow(): void {
    if (document.visibilityState === 'visible') end ??= begin()
    else stop()
  }
  function stop(): void {
    end?.()
    end = null
  }
  document.addEventListener('visibilitychange', follow)
  follow()
  return () => {
    document.removeEventListener('visibilitychange', follow)
    stop()
  }
}
