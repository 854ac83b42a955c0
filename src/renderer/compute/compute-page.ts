import { enableProdMode, ready, setBackend } from '@tensorflow/tfjs-core'
import { fromBytes, toBytes } from '../../shared/networks/remote/message-bytes.ts'
import type { FromRemote, ToRemote } from '../../shared/networks/remote/messages.ts'
import { serveWork } from '../../shared/networks/remote/serve-work.ts'
import type { Gpu } from '../../shared/nn/webgpu-adapter.ts'
import { openWebGpu, WEBGPU_BACKEND, type SoftwareUse } from '../../shared/nn/webgpu-backend.ts'

/**
 * A page without a face: Chromium's WebGPU for the worker that serves it, over a socket to where it came from. The
 * address's query has the word that lets it in, and, in tests, what to do with a software device.
 */
const query = new URLSearchParams(location.search)
const socket = new WebSocket(`ws://${location.host}/line?word=${encodeURIComponent(query.get('word') ?? '')}`)
socket.binaryType = 'arraybuffer'
const send = (message: FromRemote) => socket.send(toBytes(message))

socket.addEventListener('open', () => void begin())
// The worker is gone: a window that is not seen must not stay.
socket.addEventListener('close', () => window.close())

async function begin(): Promise<void> {
  try {
    const { gpu } = navigator as { readonly gpu?: Gpu } // not every browser has it
    if (gpu === undefined) throw new Error('this browser has no WebGPU')
    enableProdMode()
    const opened = await openWebGpu(gpu, { software: softwareUse(query.get('software')) })
    await setBackend(WEBGPU_BACKEND)
    await ready()
    const receive = serveWork(send)
    socket.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => {
      // The worker is this program's own: its types hold on the line.
      receive(fromBytes(new Uint8Array(data)) as ToRemote)
    })
    void opened.lost.then(() => socket.close())
    send({ kind: 'ready', device: opened.device, driver: opened.driver, version: browserVersion() })
  } catch (cause) {
    send({ kind: 'refused', reason: cause instanceof Error ? cause.message : String(cause) })
  }
}

const softwareUse = (asked: string | null): SoftwareUse => (asked === 'plain' || asked === 'real' ? asked : 'refused')

const browserVersion = (): string => /Chrome\/([\d.]+)/.exec(navigator.userAgent)?.[1] ?? 'unknown'
