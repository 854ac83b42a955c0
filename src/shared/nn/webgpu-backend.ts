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
  ['WEBGPU_USE_NAIVE_CONV2D_DEBUG', true],
  // The product for small outputs.
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
  const faults = watch(device)
  if (isSoftware(info) && software === 'plain') for (const [flag, value] of PLAIN_KERNELS) env().set(flag, value)
  // In Node the package registers a factory of its own, which would open a second device.
  removeBackend(WEBGPU_BACKEND)
  registerBackend(WEBGPU_BACKEND, () => new WatchedBackend(device, info, faults))
  return {
    device: deviceName(info),
    driver: info.description,
    isSoftware: isSoftware(info),
    largestBufferBytes: limits.maxBufferSize,
    lost: device.lost.then(({ message }) => message),
    destroy: () => device.destroy(),
  }
}

interface Faults {
  first: Error | null
}

/** WebGPU tells of its faults aside, and computes on with nothing; the first one is what explains the rest. */
function watch(device: GpuDevice): Faults {
  const faults: Faults = { first: null }
  device.addEventListener('uncapturederror', ({ error }) => (faults.first ??= new Error(inWords(error))))
  void device.lost.then(({ message }) => (faults.first = new Error(`the graphics device was lost: ${message}`)))
  return faults
}

/** The kind of error stands only in its type's name. */
const inWords = (error: { readonly message: string }): string =>
  error.constructor.name === 'GPUOutOfMemoryError' ? `out of memory: ${error.message}` : error.message

class WatchedBackend extends WebGPUBackend {
  private readonly faults: Faults

  constructor(device: GpuDevice, info: GpuAdapterInfo, faults: Faults) {
    // The two are what the package's types call them; those are not known in every room.
    super(device as never, info as never)
    this.faults = faults
  }

  override async read(dataId: DataId) {
    try {
      return await super.read(dataId as never) // an object of the tensor library, by either of its types
    } finally {
      this.throwFault()
    }
  }

  private throwFault(): void {
    const fault = this.faults.first
    if (fault === null) return
    this.faults.first = null
    throw fault
  }
}
