import type { NativeVariantId } from '../../../shared/contract/engines.ts'
import { safeName } from '../../../shared/project/export-names.ts'

/** A wheel of a Python index, which is a zip; Python is not needed. Whatever differs from the pin is not unpacked. */
export interface PinnedWheel {
  readonly project: string
  readonly name: string
  readonly bytes: number
  readonly sha256: string
  /** Where a file of the wheel goes, relative to the addon's `deps` folder; null for the many that are not needed. */
  readonly targetOf: (name: string) => string | null
}

export interface NativeRecipe {
  readonly id: NativeVariantId
  readonly label: string
  readonly wheels: readonly PinnedWheel[]
  /** Of everything at its largest: unpacked libraries, packages, and the wheels until they are unpacked. */
  readonly diskBytes: number
  readonly licence: string
  readonly caveat: string | null
}

/** The addon's version; what comes with it is pinned in `native-packages.json`. */
export const ADDON_PACKAGE = '@tensorflow/tfjs-node'
export const PUBLIC_INDEX = 'https://pypi.org/simple'

const HEADER_FOLDERS = [
  'tensorflow/c/',
  'tensorflow/core/platform/',
  'tsl/',
  'tensorflow/tsl/c/',
  'tensorflow/tsl/platform/',
  'xla/tsl/c/',
  'xla/tsl/platform/',
]
const INCLUDE = 'tensorflow/include/'

/** Of TensorFlow's wheel: the two libraries, the headers that the addon is compiled with, and the licences. */
export function tensorflowTarget(name: string): string | null {
  const parts = name.split('/')
  if (!isInside(parts)) return null
  if (parts.length === 2 && parts[0] === 'tensorflow' && /^libtensorflow\w*\.so[.\d]*$/.test(parts[1])) {
    return `lib/${parts[1]}`
  }
  if (name === `${INCLUDE}LICENSE`) return 'LICENSE'
  if (name === 'tensorflow/THIRD_PARTY_NOTICES.txt') return parts[1]
  const header = name.startsWith(INCLUDE) && name.endsWith('.h') ? name.slice(INCLUDE.length) : null
  return header !== null && HEADER_FOLDERS.some((folder) => header.startsWith(folder)) ? `include/${header}` : null
}

/** Of NVIDIA's wheels: the libraries, at the place where TensorFlow's own search path looks for them, and the terms. */
export function nvidiaTarget(name: string): string | null {
  const parts = name.split('/')
  if (!isInside(parts)) return null
  if (parts.length === 4 && parts[0] === 'nvidia' && parts[2] === 'lib' && /\.so[.\d]*$/.test(parts[3])) return name
  const package_ = /^([^/]+)\.dist-info\/(?:licenses\/)?License\.txt$/.exec(name)
  return package_ === null ? null : `licenses/${package_[1]}.txt`
}

/** Plain names alone, as wheels have them: no way out, and nothing that some system reads otherwise or has no room for. */
const isInside = (parts: readonly string[]): boolean =>
  parts.every((part) => /^\w[\w.+-]*$/.test(part) && safeName(part) === part)

const tensorflow = (project: string, bytes: number, sha256: string): PinnedWheel => ({
  project,
  name: `${project.replace('-', '_')}-2.18.1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl`,
  bytes,
  sha256,
  targetOf: tensorflowTarget,
})
const nvidia = (part: string, version: string, bytes: number, sha256: string): PinnedWheel => ({
  project: `nvidia-${part}-cu12`,
  name: `nvidia_${part.replaceAll('-', '_')}_cu12-${version}-py3-none-manylinux2014_x86_64.whl`,
  bytes,
  sha256,
  targetOf: nvidiaTarget,
})

/** CUDA 12.5 as the wheel's metadata names it: what its search path looks for, and what these libraries load themselves. */
const cuda = [
  nvidia('cublas', '12.5.3.2', 363_313_169, 'ca070ad70e9fa6654084575d01bd001f30cc4665e33d4bb9fc8e0f321caa034b'),
  nvidia('cudnn', '9.3.0.75', 577_163_502, '9ad9c6929ebb5295eb4a1728024666d1c88283373e265a0c5c883e6f9d5cd76d'),
  nvidia('cufft', '11.2.3.61', 192_524_114, '9a6e8df162585750f61983a638104a48c756aa13f9f48e19ab079b38e3c828b8'),
  nvidia('cusolver', '11.6.3.83', 130_341_232, '93cfafacde4428b71778eeb092ec615a02a3d05404da1bcf91c53e3fa1bce42b'),
  nvidia('cusparse', '12.5.1.3', 217_558_979, '016df8e993c437e8301e62739f01775cba988fd5253cd4c64173f8e8d2f8e752'),
  nvidia('cuda-cupti', '12.5.82', 13_811_507, 'bde77a5feb66752ec61db2adfe47f56b941842825b4c7e2068aff27c9d107953'),
  nvidia('cuda-runtime', '12.5.82', 895_707, '3e79a060e126df40fd3a068f3f787eb000fa51b251ec6cd97d09579632687115'),
  nvidia('nvjitlink', '12.5.82', 21_298_879, 'f9b37bc5c8cf7509665cb6ada5aaa0ce65618f2332b7d3e78e9790511f111212'),
  nvidia('cuda-nvrtc', '12.5.82', 24_873_108, '3dbd97b0104b4bfbc3c4f8c79cd2496307c89c43c29a9f83125f1d76296ff3fd'),
]

export const nativeRecipes: Readonly<Record<NativeVariantId, NativeRecipe>> = {
  cpu: {
    id: 'cpu',
    label: 'TensorFlow for the processor',
    wheels: [
      tensorflow('tensorflow-cpu', 230_236_181, '810c75d7149d2da0cb2092187817b0dcabb80728ca9f9cf3a61f3f42fadd1298'),
    ],
    diskBytes: 1_500_000_000,
    licence: 'TensorFlow: Apache License 2.0',
    caveat: null,
  },
  gpu: {
    id: 'gpu',
    label: 'TensorFlow for NVIDIA devices',
    wheels: [
      tensorflow('tensorflow', 615_510_377, 'c9f87e5d2a680a4595f5dc30daf6bbaec9d4129b46d7ef1b2af63c46ac7d2828'),
      ...cuda,
    ],
    diskBytes: 7_500_000_000,
    licence: 'TensorFlow: Apache License 2.0; CUDA libraries: NVIDIA’s CUDA and cuDNN license agreements',
    caveat: 'expected to work on NVIDIA devices, untested; without one it computes on the processor',
  },
}

export const downloadBytes = ({ wheels }: NativeRecipe): number => wheels.reduce((sum, { bytes }) => sum + bytes, 0)

/** Names under which the addon looks for the libraries. */
export const libraryLinks = {
  'libtensorflow.so': 'libtensorflow_cc.so.2',
  'libtensorflow_framework.so': 'libtensorflow_framework.so.2',
} as const

/** Empty where it is not encoded as an address is: one such link must not cost the page. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return ''
  }
}

/** The wheel's address on a page of a Python index ("simple" API), with the page's own address to resolve it by. */
export function findWheelAddress(page: string, pageAddress: string, wheelName: string): string | null {
  for (const [, reference] of page.matchAll(/href="([^"]+)"/g)) {
    const address = URL.parse(reference.replaceAll('&amp;', '&'), pageAddress)
    if (address !== null && decoded(address.pathname).endsWith(`/${wheelName}`)) {
      address.hash = ''
      return address.href
    }
  }
  return null
}
