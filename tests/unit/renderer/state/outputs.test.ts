import { expect, test } from 'vitest'
import type { OutputDevice, OutputPort } from '../../../../src/renderer/audio/outputs.ts'
import { Outputs } from '../../../../src/renderer/state/Outputs.svelte.ts'
import { Transport } from '../../../../src/renderer/state/Transport.svelte.ts'
import { createTestEditor, settled } from '../../../support/test-editor.ts'

const desk: OutputDevice = { id: 'desk', label: 'Desk' }

/** A machine whose devices a test plugs in and out. */
function machine(devices: OutputDevice[]) {
  let changed = (): void => {}
  const used: string[] = []
  const port: OutputPort = {
    list: () => Promise.resolve([...devices]),
    use(id) {
      if (id === 'broken') return Promise.reject(new Error('busy'))
      used.push(id)
      return Promise.resolve()
    },
    askForNames: () => Promise.resolve(),
    onChange(listener) {
      changed = listener
      return () => {}
    },
  }
  return { port, used, plug: (next: OutputDevice[]) => (devices.splice(0, Infinity, ...next), changed()) }
}

test('an unplugged device stops the song where it is, and the default takes over with a word', async () => {
  const { engine } = createTestEditor()
  const transport = new Transport(engine)
  const { port, used, plug } = machine([desk])
  const told: string[] = []
  const outputs = new Outputs(port, transport, (message) => told.push(message))
  await outputs.refresh()
  await outputs.choose(desk)
  await transport.play(0)
  engine.at = 96_000
  transport.tick(1_000_000)
  plug([])
  await settled()
  expect(transport.isPlaying).toBe(false)
  expect(transport.positionSamples).toBe(96_000)
  expect(outputs.chosen.id).toBe('')
  expect(used).toEqual(['desk', ''])
  expect(told[0]).toContain('“Desk” is gone')
})

test('a device that cannot be opened leaves the one before', async () => {
  const { port } = machine([desk, { id: 'broken', label: 'Broken' }])
  const told: string[] = []
  const outputs = new Outputs(port, { isPlaying: false, pause: () => {} }, (message) => told.push(message))
  await outputs.choose(desk)
  await outputs.choose({ id: 'broken', label: 'Broken' })
  expect(outputs.chosen).toBe(desk)
  expect(told[0]).toContain('could not be opened')
})

test('other devices coming and going change nothing', async () => {
  const { port, plug } = machine([desk])
  const told: string[] = []
  const outputs = new Outputs(port, { isPlaying: true, pause: () => told.push('paused') }, (message) =>
    told.push(message),
  )
  await outputs.refresh()
  await outputs.choose(desk)
  plug([desk, { id: 'more', label: 'More' }])
  await settled()
  expect(outputs.devices).toHaveLength(2)
  expect(told).toEqual([])
})

test('the output of before is taken again when a song opens and when it is plugged in, and never under a running song', async () => {
  const { port, used, plug } = machine([])
  const kept: (OutputDevice | null)[] = []
  const memory = { wished: { id: 'old-id', label: 'Desk' }, keep: (device: OutputDevice | null) => kept.push(device) }
  const transport = { isPlaying: true, pause: () => (transport.isPlaying = false) }
  const outputs = new Outputs(port, transport, () => {}, memory)
  await outputs.refresh()
  plug([desk, { id: 'hall', label: 'Hall' }])
  await settled()
  expect(used).toEqual([])
  transport.isPlaying = false
  await outputs.refresh()
  expect([outputs.chosen, used]).toEqual([desk, ['desk']])
  await outputs.choose({ id: '', label: 'System default' })
  expect(kept).toEqual([null])
})
