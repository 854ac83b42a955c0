import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { Shell } from '../../../../src/renderer/state/Shell.svelte.ts'

afterEach(() => vi.unstubAllGlobals())

test('the dock shows the last two panels that were asked for, and closes with the last one', () => {
  const shell = new Shell()
  shell.togglePanel('jobs')
  shell.togglePanel('mixer')
  expect(shell.dockTabs).toEqual(['mixer', 'jobs'])
  shell.togglePanel('history')
  expect(shell.dockTabs).toEqual(['jobs', 'history'])
  shell.togglePanel('jobs')
  shell.togglePanel('history')
  expect([shell.isDockOpen, shell.isPanelOpen('history')]).toEqual([false, false])
})

test('the region editor takes the whole dock, and gives way to what is asked for after it', () => {
  const shell = new Shell()
  shell.togglePanel('mixer')
  shell.togglePanel('editor')
  expect(shell.dockTabs).toEqual(['editor'])
  shell.togglePanel('jobs')
  expect(shell.dockTabs).toEqual(['jobs'])
})

test('a dock that was closed comes back with what it showed', () => {
  const shell = new Shell()
  shell.togglePanel('mixer')
  shell.togglePanel('dock')
  expect(shell.isPanelOpen('mixer')).toBe(false)
  shell.togglePanel('dock')
  expect(shell.isPanelOpen('mixer')).toBe(true)
})

test('a message that asks for something goes by itself once that is done', () => {
  const shell = new Shell()
  let isSaved = false
  shell.tell('Stems was recovered. Save it to keep it.', { isOver: () => isSaved })
  shell.tell('Mira can sing now.')
  expect(shell.messages).toHaveLength(2)
  isSaved = true
  expect(shell.messages.map(({ message }) => message)).toEqual(['Mira can sing now.'])
})

const program = { version: '1.2.3', platform: 'linux', host: 'headless', engine: 'WebAssembly' }
const fault = {
  code: 'file-unreadable',
  message: 'The stem can’t be read.',
  remedy: 'Try another one.',
  details: "EACCES: permission denied, open '/home/mira/Lead.wav'",
} as const

test('the report of a failure holds program, engine, code and all its parts', () => {
  const shell = new Shell(() => program)
  expect(shell.reportOf('Importing', fault, true).split('\n')).toEqual([
    'Understudy 1.2.3 on linux (headless)',
    'Compute engine: WebAssembly',
    'Importing: file-unreadable',
    'The stem can’t be read.',
    'Try another one.',
    "EACCES: permission denied, open '/home/mira/Lead.wav'",
  ])
})

test('details that the person does not see are copied without names and places', async () => {
  const written: string[] = []
  vi.stubGlobal('navigator', { clipboard: { writeText: (text: string) => Promise.resolve(void written.push(text)) } })
  const shell = new Shell(() => program)
  await shell.copyDetails('Importing', fault)
  expect(written[0]).toContain('EACCES: permission denied, open “…”')
  expect(written[0]).not.toContain('mira')
  expect(shell.status).toBe('The details are in the clipboard.')
  await shell.copyDetails('Importing', fault, true)
  expect(written[1]).toContain('/home/mira/Lead.wav')
})

test('a clipboard that is refused is told', async () => {
  vi.stubGlobal('navigator', { clipboard: { writeText: () => Promise.reject(new Error('not allowed')) } })
  const shell = new Shell()
  await shell.copyDetails('Importing', fault)
  expect(shell.messages[0].message).toBe('The details were not copied: not allowed')
})

test('wherever the window shows a failure, its details can be copied: there, or in the dialog that it opens', () => {
  const root = resolve(import.meta.dirname, '../../../../src/renderer')
  const shows = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.svelte'))
    .map((file) => ({ file: file.replaceAll('\\', '/'), text: readFileSync(join(root, file), 'utf8') }))
    .filter(({ text }) => /failure\??\.message/.test(text))
  expect(shows.length).toBeGreaterThan(5)
  // The row's buttons are a component of their own.
  const without = shows.filter(({ text }) => !/<CopyDetails|shell.copyDetails|kind: 'failure'|<JobActs/.test(text))
  expect(without.map(({ file }) => file)).toEqual([])
})
