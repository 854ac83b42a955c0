import { expect, test } from 'vitest'
import { FolderBrowser, type Folder } from '../../../../src/renderer/dialogs/FolderBrowser.svelte.ts'
import type { PathQuestion } from '../../../../src/renderer/state/PathQuestions.svelte.ts'

const question = (given: Partial<PathQuestion> = {}): PathQuestion => ({
  kind: 'save',
  purpose: 'project',
  fileKinds: [{ label: 'Song', extensions: ['understudy'] }],
  suggestedName: 'Lanterns',
  ...given,
})

/** Folders that are read when the test says so. */
function slowDisk() {
  const waiting = new Map<string | null, (folder: Folder) => void>()
  const kept = new Map<string, string>()
  return {
    list: (path: string | null) => new Promise<Folder>((resolve) => waiting.set(path, resolve)),
    memory: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, to: string) => kept.set(key, to),
    },
    async read(path: string | null, ...names: readonly string[]) {
      const at = path ?? '/home'
      const entries = names.map((name) => ({ name, path: `${at}/${name}`, isFolder: false }))
      waiting.get(path)?.({ path: at, parent: '/', entries })
      await Promise.resolve()
      await Promise.resolve()
    },
  }
}

async function browserAtHome(given: Partial<PathQuestion> = {}, ...names: readonly string[]) {
  const disk = slowDisk()
  const browser = new FolderBrowser(question(given), disk.list, disk.memory)
  const begun = browser.begin()
  await disk.read(null, ...names)
  await begun
  return { browser, disk }
}

test('nothing is answered while the next folder is being read, and then the answer lies in that one', async () => {
  const { browser, disk } = await browserAtHome()
  expect(browser.answer()).toEqual(['/home/Lanterns.understudy'])
  const stepping = browser.go('/home/Songs')
  expect(browser.canAnswer).toBe(false)
  expect(browser.answer()).toBeNull()
  await disk.read('/home/Songs')
  await stepping
  expect(browser.answer()).toEqual(['/home/Songs/Lanterns.understudy'])
})

test('of two steps the later one counts, also when the earlier folder is read last', async () => {
  const { browser, disk } = await browserAtHome({ kind: 'folder', purpose: 'export' })
  const [first, second] = [browser.go('/slow'), browser.go('/quick')]
  await disk.read('/quick')
  await second
  expect(browser.answer()).toEqual(['/quick'])
  await disk.read('/slow')
  await first
  expect(browser.answer()).toEqual(['/quick'])
})

test('a folder that cannot be read says why, and one can go on where one stood', async () => {
  const { browser } = await browserAtHome({ kind: 'folder' })
  const locked = new FolderBrowser(question(), () => Promise.reject(new Error('no entry')), slowDisk().memory)
  await locked.begin()
  expect(locked.problem).not.toBeNull()
  expect(locked.canAnswer).toBe(false)
  expect(browser.canAnswer).toBe(true)
})

test('files are chosen and chosen no more, and stepping on forgets them', async () => {
  const { browser, disk } = await browserAtHome({ kind: 'files', purpose: 'stems' }, 'a.wav', 'b.wav')
  for (const entry of [...browser.entries, browser.entries[0]]) browser.pick(entry)
  expect(browser.answer()).toEqual(['/home/b.wav'])
  const stepping = browser.go('/home/Songs')
  await disk.read('/home/Songs')
  await stepping
  expect(browser.canAnswer).toBe(false)
})
