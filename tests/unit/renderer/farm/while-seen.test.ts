import { afterEach, expect, test, vi } from 'vitest'
import { whileSeen } from '../../../../src/renderer/farm/while-seen.ts'

afterEach(() => vi.unstubAllGlobals())

/** A window that a test hides and shows, and what goes on while it is seen. */
function openWindow(visibilityState: DocumentVisibilityState) {
  const page = Object.assign(new EventTarget(), { visibilityState })
  vi.stubGlobal('document', page)
  const going: string[] = []
  const end = whileSeen(() => {
    going.push('begun')
    return () => void going.pop()
  })
  return {
    going,
    end,
    turn(state: DocumentVisibilityState) {
      page.visibilityState = state
      page.dispatchEvent(new Event('visibilitychange'))
    },
  }
}

test('it goes on once while the window is seen, and not while it is hidden', () => {
  const { going, turn } = openWindow('visible')
  expect(going).toHaveLength(1)
  turn('visible')
  expect(going).toHaveLength(1)
  turn('hidden')
  expect(going).toHaveLength(0)
  turn('visible')
  expect(going).toHaveLength(1)
})

test('in a window that is hidden it waits until it is shown', () => {
  const { going, turn } = openWindow('hidden')
  expect(going).toHaveLength(0)
  turn('visible')
  expect(going).toHaveLength(1)
})

test('once it is ended it never begins again', () => {
  const { going, end, turn } = openWindow('visible')
  end()
  expect(going).toHaveLength(0)
  turn('hidden')
  turn('visible')
  expect(going).toHaveLength(0)
})
