import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import { env, registerBackend, removeBackend, type DataId } from '@tensorflow/tfjs-core'
import {
  deviceName,
  isSoftware,
  requiredLimits,
  type Gpu,
  type GpuAdapterInfo,
  type GpuDevice,
} from './webgpu-adapter.ts'

export const WEBGPU_BACKEND = 'webgpu'

export interface OpenedGpu {
  /** As the driver names it. */
  readonly device: string
  readonly driver: string
  readonly isSoftware: boolean
  /** The largest single array that it takes; no browser tells how much memory there is. */
  readonly largestBufferBytes: number
  /** Resolves, with the reason, when the driver takes the device away: then nothing computes here any more. */
  readonly lost: Promise<string>
  /** Gives the device up. */
  destroy(): void
}

export type SoftwareUse = 'refused' | 'plain' | 'real'

export interface OpenGpuOptions {
  /**
   * A software device is for tests, since WebAssembly works faster: refused, or computing with `plain` kernels, which
   * share no memory between threads (software pays for that with twentyfold time), or with those of a real device.
   */
  readonly software: SoftwareUse
}

/** The tensor library's own switches. */
const PLAIN_KERNELS: readonly (readonly [string, boolean | number])[] = [
  // The product for small outputs, which convolutions take as well.
  ['WEBGPU_MATMUL_PROGRAM_TYPE', 2],
]

/**
 * Opens the fastest device and registers it with the tensor library, in a page and in Node alike. What goes wrong on
 * it later, such as memory that could not be had, is thrown by the next reading.
 * Throws an Error in plain words.
 */
export async function openWebGpu(gpu: Gpu, { software }: OpenGpuOptions): Promise<OpenedGpu> {
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' })
  if (adapter === null) throw new Error('no graphics device was found')
  const { info, limits } = adapter
  if (isSoftware(info) && software === 'refused') {
    throw new Error(`only a software device was found (${deviceName(info)}), slower than WebAssembly`)
  }
  const device = await adapter.requestDevice({ requiredLimits: requiredLimits(adapter) })
  if (isSoftware(info) && software === 'plain') for (const [flag, value] of PLAIN_KERNELS) env().set(flag, value)
  // In Node the package registers a factory of its own, which would open a second device.
  removeBackend(WEBGPU_BACKEND)
  registerBackend(WEBGPU_BACKEND, () => new WatchedBackend(device, info))
  return {
    device: deviceName(info),
    driver: info.description,
    isSoftware: isSoftware(info),
    largestBufferBytes: limits.maxBufferSize,
    lost: device.lost.then(({ message }) => message),
    destroy: () => device.destroy(),
  }
}

/** WebGPU tells of its faults aside, and computes on with nothing: every reading asks for them first. */
const FAULTS = ['out-of-memory', 'validation', 'internal'] as const

class WatchedBackend extends WebGPUBackend {
  private readonly watched: GpuDevice
  private lostBecause: string | null = null

  constructor(device: GpuDevice, info: GpuAdapterInfo) {
    // The two are what the package's types call them; those are not known in every room.
    super(device as never, info as never)
    this.watched = device
    void device.lost.then(({ message }) => (this.lostBecause = message))
    for (const fault of FAULTS) device.pushErrorScope(fault)
  }

  override async read(dataId: DataId) {
    // An object of the tensor library, by either of its types.
    const [reading] = await Promise.allSettled([super.read(dataId as never)])
    const fault = await this.takeFault().catch(() => null)
    if (this.lostBecause !== null) throw new Error(`the graphics device was lost: ${this.lostBecause}`)
    // A reading that failed says less than what made it fail.
    if (fault !== null) throw new Error(fault)
    if (reading.status === 'rejected') throw reading.reason
    return reading.value
  }

  /** What went wrong since the last time; the innermost kind comes first. */
  private async takeFault(): Promise<string | null> {
    const found = FAULTS.map(() => this.watched.popErrorScope())
    for (const fault of FAULTS) this.watched.pushErrorScope(fault)
    const errors = (await Promise.all(found)).reverse()
    const first = errors.findIndex((error) => error !== null)
    if (first < 0) return null
    return `${FAULTS[first] === 'out-of-memory' ? 'out of memory: ' : ''}${errors[first]?.message ?? ''}`
  }
}
