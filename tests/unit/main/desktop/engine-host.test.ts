import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createEngineFork } from '../../../../src/main/desktop/engine-process.ts'
import { watchDesktopPower } from '../../../../src/main/desktop/power.ts'
import type { FromWorker } from '../../../../src/shared/contract/compute.ts'
import type { PowerState } from '../../../../src/shared/contract/power.ts'
import { app, BrowserWindow, powerMonitor, utilityProcess } from '../../../support/desktop/fake-electron.ts'

vi.mock('electron', () => import('../../../support/desktop/fake-electron.ts'))

beforeEach(() => void (app.quitCount = 0))
afterEach(() => {
  for (const window of BrowserWindow.getAllWindows()) window.destroy()
  utilityProcess.started.length = 0
})

const launch = { flags: ['--max-semi-space-size=4'], variables: () => ({ UNDERSTUDY_ENGINE: 'webgpu-window' }) }
const choice = { id: 'webgpu-window', reason: 'wanted by the test', isProven: false } as const

function startWorker() {
  const worker = createEngineFork(launch)('/out/main/compute-worker.js', 'training', choice)
  const { child, path, words } = utilityProcess.started[utilityProcess.started.length - 1]
  return { worker, child, path, words }
}

test('a worker is a process of Electron, spoken to by messages, and its last words are told with its end', () => {
  const { worker, child, path, words } = startWorker()
  expect([path, words]).toEqual(['/out/main/compute-worker.js', ['training']])
  const heard: FromWorker[] = []
  const ends: string[] = []
  worker.onMessage((message) => heard.push(message))
  worker.onExit((lastWords) => ends.push(lastWords))
  worker.send({ kind: 'cancel', taskId: 't' })
  expect(child.received).toEqual([{ kind: 'cancel', taskId: 't' }])
  child.emit('message', { kind: 'ready', backend: 'wasm' })
  expect(heard).toEqual([{ kind: 'ready', backend: 'wasm' }])
  child.stderr.emit('data', Buffer.from('out of memory'))
  app.emit('child-process-gone', {}, { type: 'Utility', name: 'Understudy training engine', reason: 'oom' })
  app.emit('child-process-gone', {}, { type: 'Utility', name: 'Understudy interactive engine', reason: 'crashed' })
  worker.kill()
  expect(ends).toEqual(['out of memory\noom'])
})

test('a worker’s page is opened where nobody sees it, goes nowhere else, and goes with its worker', () => {
  const seen = new BrowserWindow()
  const { worker, child } = startWorker()
  worker.onExit(() => {})
  child.emit('message', { kind: 'open-page', address: 'http://127.0.0.1:5000/compute.html?word=w' })
  const [, hidden] = BrowserWindow.getAllWindows()
  expect(hidden.options).toMatchObject({
    show: false,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, backgroundThrottling: false },
  })
  expect(hidden.options['webPreferences']).not.toHaveProperty('preload')
  const goes = (address: string, event = 'will-navigate') => {
    let isPrevented = false
    hidden.webContents.emit(event, { url: address, preventDefault: () => (isPrevented = true) })
    return !isPrevented
  }
  expect(goes('http://127.0.0.1:5000/compute.html')).toBe(true)
  for (const event of ['will-navigate', 'will-redirect', 'will-frame-navigate'])
    expect(goes('http://127.0.0.1:5001/', event)).toBe(false)
  expect(hidden.webContents.openHandler?.({ url: 'https://creativecommons.org/' })).toEqual({ action: 'deny' })
  worker.kill()
  expect(hidden.is.destroyed).toBe(true)
  expect(seen.is.destroyed).toBe(false)
})

test('a hidden page does not keep the program once nothing is left to be seen', () => {
  const seen = new BrowserWindow()
  const { child } = startWorker()
  child.emit('message', { kind: 'open-page', address: 'http://127.0.0.1:5000/compute.html' })
  expect(app.quitCount).toBe(0)
  seen.destroy()
  expect(app.quitCount).toBe(1)
})

test('power is told at once and at every change: plug, heat, sleep and waking', () => {
  const told: PowerState[] = []
  let charge: number | null = 0.9
  const stop = watchDesktopPower(() => charge)((state) => told.push(state))
  expect(told).toEqual([{ isOnBattery: false, chargeFraction: 0.9, heat: 'nominal', isSuspending: false }])
  powerMonitor.isOnBattery = true
  charge = 0.2
  powerMonitor.emit('on-battery')
  powerMonitor.emit('on-battery')
  powerMonitor.thermalState = 'critical'
  powerMonitor.emit('thermal-state-change')
  powerMonitor.emit('suspend')
  powerMonitor.emit('resume')
  expect(told.slice(1)).toMatchObject([
    { isOnBattery: true, chargeFraction: 0.2, heat: 'nominal' },
    { heat: 'critical', isSuspending: false },
    { isSuspending: true },
    { isSuspending: false },
  ])
  stop()
  powerMonitor.isOnBattery = false
  powerMonitor.emit('on-ac')
  expect(told).toHaveLength(5)
})
