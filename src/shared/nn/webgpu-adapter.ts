/** What a browser and Dawn in Node alike offer of WebGPU; only what is used here. */
export interface Gpu {
  requestAdapter(options?: { readonly powerPreference?: 'high-performance' }): Promise<GpuAdapter | null>
}

export interface GpuAdapter {
  readonly info: GpuAdapterInfo
  readonly limits: Readonly<Record<(typeof neededLimits)[number], number>>
  requestDevice(descriptor: { readonly requiredLimits: Readonly<Record<string, number>> }): Promise<GpuDevice>
}

export interface GpuAdapterInfo {
  readonly vendor: string
  readonly architecture: string
  readonly device: string
  readonly description: string
  readonly isFallbackAdapter?: boolean
}

export interface GpuDevice {
  readonly lost: Promise<{ readonly reason: string; readonly message: string }>
  pushErrorScope(filter: 'out-of-memory' | 'validation' | 'internal'): void
  popErrorScope(): Promise<{ readonly message: string } | null>
  destroy(): void
}

/** A device gets the smallest limits of the standard unless it asks for the adapter's own. */
const neededLimits = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
] as const

export const requiredLimits = ({ limits }: GpuAdapter): Readonly<Record<string, number>> =>
  Object.fromEntries(neededLimits.map((name) => [name, limits[name]]))

/** Drivers that compute on the processor, many times slower than WebAssembly there. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|software|basic render|\bwarp\b/i

export const isSoftware = (info: GpuAdapterInfo): boolean =>
  info.isFallbackAdapter === true ||
  SOFTWARE.test(`${info.vendor} ${info.architecture} ${info.device} ${info.description}`)

/** As the driver names it; browsers tell less, so that nobody is recognized by it. */
export const deviceName = (info: GpuAdapterInfo): string =>
  [info.device, info.description, `${info.vendor} ${info.architecture}`.trim()].find((name) => name !== '') ?? 'unknown'
