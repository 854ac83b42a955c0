import { afterEach, expect, test } from 'vitest'
import { preferences } from '../../../../src/shared/contract/preferences.ts'
import type { Call } from '../../../../src/shared/contract/verbs.ts'
import { language } from '../../../../src/renderer/messages/language.svelte.ts'
import { Preferences } from '../../../../src/renderer/state/Preferences.svelte.ts'

afterEach(() => (language.current = 'en'))

/** An application that keeps what is chosen. */
function keeper(): Call {
  let kept: unknown = preferences.parse({})
  const answer = (name: string, request: unknown): Promise<unknown> => {
    if (name === 'preferences:choose') kept = request
    return Promise.resolve(kept)
  }
  return answer as Call // only these two verbs are asked for
}

test('the window speaks the system’s language until another is chosen, and the choice is remembered', async () => {
  const call = keeper()
  const first = new Preferences(call, ['ko-KR', 'en'])
  expect(language.current).toBe('ko')
  await first.choose({ language: 'en' })
  expect(language.current).toBe('en')

  const later = new Preferences(call, ['ko-KR', 'en'])
  await later.load()
  expect(language.current).toBe('en')
  await later.choose({ language: null })
  expect(language.current).toBe('ko')
})

test('one choice leaves the others as they are', async () => {
  const chosen = new Preferences(keeper(), ['en'])
  await chosen.choose({ theme: 'high-contrast' })
  await chosen.choose({ language: 'ko' })
  expect(chosen.current).toMatchObject({ theme: 'high-contrast', language: 'ko' })
})
