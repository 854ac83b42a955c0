import { expect, test } from 'vitest'
import { Shell } from '../../../../src/renderer/state/Shell.svelte.ts'

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
