import { expect, test } from 'vitest'
import { menuCommands } from '../../../../src/shared/contract/desktop-bridge.ts'
import type { Job } from '../../../../src/shared/contract/jobs.ts'
import { projectArgument } from '../../../../src/main/desktop/arguments.ts'
import { closeQuestion, fateOfJobs } from '../../../../src/main/desktop/close-question.ts'
import { isWorthNotice, overallFraction } from '../../../../src/main/desktop/job-summary.ts'
import { menuTemplate } from '../../../../src/main/desktop/menu.ts'
import { visibleBounds } from '../../../../src/main/desktop/window-bounds.ts'

const job = (kind: Job['kind'], state: Job['state']): Job => ({
  // Only kind and state are looked at.
  ...({} as Job),
  kind,
  state,
})

test('a start names its project, whatever switches stand around it', () => {
  const folder = process.cwd()
  const start = (...given: string[]) => projectArgument({ arguments: ['understudy', ...given], folder })
  expect(start('--flag', 'Song.understudy')).toBe(`${folder}/Song.understudy`)
  expect(start('/music/Song.understudy')).toBe('/music/Song.understudy')
  expect(start('--open=Song.understudy', 'lead.wav')).toBe(null)
  expect(projectArgument({ arguments: ['Song.understudy'], folder })).toBe(null)
})

test('a window comes back where it was, unless that place is gone', () => {
  const screen = { x: 0, y: 0, width: 1920, height: 1080 }
  const last = { x: 100, y: 50, width: 1440, height: 900 }
  expect(visibleBounds(last, [screen])).toEqual(last)
  expect(visibleBounds({ ...last, x: 5000 }, [screen])).toEqual({ width: 1440, height: 900 })
  expect(visibleBounds({ ...last, y: -500 }, [screen])).toEqual({ width: 1440, height: 900 })
  expect(visibleBounds(null, [screen])).toEqual({ width: 1440, height: 900 })
})

test('closing asks to save first, and says what becomes of the work that runs', () => {
  const state = { name: 'Song', path: null, isEdited: true, isPlaying: false }
  const question = closeQuestion(state, [job('train', 'running'), job('convert', 'queued'), job('import', 'done')])
  const { box, answers } = question ?? { box: null, answers: [] }
  expect(box?.buttons).toEqual(['Save', 'Don’t save', 'Cancel'])
  expect([answers[box?.defaultId ?? -1], answers[box?.cancelId ?? -1]]).toEqual(['save', 'stay'])
  expect(box?.detail).toContain('1 training will go on at the next start. 1 other job will be cancelled.')
  expect(fateOfJobs([])).toBe('')
})

test('the taskbar shows the mean of what runs, and nothing when nothing runs', () => {
  expect(overallFraction([{ fraction: 0.2 }, { fraction: 0.6 }])).toBeCloseTo(0.4)
  expect(overallFraction([])).toBe(-1)
})

test('only the end of something long is worth a notice', () => {
  expect(isWorthNotice({ state: 'done', createdAtMs: 0, finishedAtMs: 60_000 })).toBe(true)
  expect(isWorthNotice({ state: 'failed', createdAtMs: 0, finishedAtMs: 60_000 })).toBe(true)
  expect(isWorthNotice({ state: 'cancelled', createdAtMs: 0, finishedAtMs: 60_000 })).toBe(false)
  expect(isWorthNotice({ state: 'done', createdAtMs: 0, finishedAtMs: 2000 })).toBe(false)
  expect(isWorthNotice({ state: 'running', createdAtMs: 0, finishedAtMs: null })).toBe(false)
})

test.each(['darwin', 'win32', 'linux'])(
  'on %s the menu has every command but those of the system, and no zoom of the page',
  (platform) => {
    const chosen: string[] = []
    const items = menuTemplate({
      platform,
      send: (command) => chosen.push(command),
      recent: [],
      openRecent: () => {},
      isPossible: () => true,
      keysOf: () => undefined,
    }).flatMap((menu) => (Array.isArray(menu.submenu) ? menu.submenu : []))
    // Electron calls a click with the item, the window and the event; ours asks for none of them.
    for (const item of items) (item.click as (() => void) | undefined)?.()
    const expected = menuCommands.filter((command) => platform !== 'darwin' || command !== 'preferences')
    expect([...new Set(chosen)].sort()).toEqual([...expected].sort())
    expect(items.map(({ role }) => role).filter((role) => /zoom/i.test(role ?? ''))).toEqual([])
  },
)

test('the menu shows the keys that the window has, and takes them only where it must', () => {
  const keysOf = (command: string) => (command === 'export' ? 'Ctrl+Shift+E' : undefined)
  const options = { send: () => {}, recent: [], openRecent: () => {}, isPossible: () => true, keysOf }
  const itemOn = (platform: string) =>
    menuTemplate({ ...options, platform })
      .flatMap((menu) => (Array.isArray(menu.submenu) ? menu.submenu : []))
      .filter(({ accelerator }) => accelerator !== undefined)
  expect(itemOn('darwin')).toMatchObject([{ accelerator: 'CmdOrCtrl+Shift+E', registerAccelerator: true }])
  expect(itemOn('linux')).toMatchObject([{ accelerator: 'CmdOrCtrl+Shift+E', registerAccelerator: false }])
})

test('the menu is called what the window says; letters behind a name are left out where none is underlined', () => {
  const options = { send: () => {}, recent: [], openRecent: () => {}, isPossible: () => true, keysOf: () => undefined }
  const labels = { file: '파일(&F)', save: '저장(&S)' } as const
  const namesOn = (platform: string) => {
    const [file, edit] = menuTemplate({ ...options, platform, labels }).filter(({ label }) => label !== undefined)
    const items = Array.isArray(file.submenu) ? file.submenu : []
    return [file.label, items.find(({ id }) => id === 'save')?.label, edit.label]
  }
  expect(namesOn('linux')).toEqual(['파일(&F)', '저장(&S)', '&Edit'])
  expect(namesOn('darwin')).toEqual(['파일', '저장', '&Edit'])
})
