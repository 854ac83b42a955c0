import type { ThemeChoice } from '../shared/contract/preferences.ts'
import { theme } from './ui/theme.svelte.ts'

/** Shows what is chosen, and follows the system where the choice is left to it; the answer ends that. */
export function followTheme(choice: ThemeChoice): () => void {
  if (choice !== 'system') {
    theme.show(choice)
    return () => {}
  }
  const wish = matchMedia('(prefers-contrast: more)')
  const follow = (): void => theme.show(wish.matches ? 'high-contrast' : 'dark')
  follow()
  wish.addEventListener('change', follow)
  return () => wish.removeEventListener('change', follow)
}
