import chromium from '@sparticuz/chromium'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Where systems keep the library through which every Vulkan driver is reached. */
const LOADERS = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib', '/lib64']
const LOADER = 'libvulkan.so.1'
/** Where the loader looks by itself, and where containers put NVIDIA's driver instead. */
const USUAL_DRIVERS = ['/usr/share/vulkan/icd.d', '/etc/vulkan/icd.d', '/usr/local/share/vulkan/icd.d']
const CONTAINER_DRIVER = '/usr/local/nvidia/share/vulkan/icd.d/nvidia_icd.json'

/**
 * What a process needs beside a driver to find it without a display: the loader, which comes with the test browser
 * where the system has none, and the driver's description where it lies elsewhere.
 */
export async function vulkanVariables(): Promise<Readonly<Record<string, string>>> {
  if (process.platform !== 'linux') return {}
  const variables: Record<string, string> = {}
  if (!LOADERS.some((folder) => existsSync(join(folder, LOADER)))) {
    const carried = dirname(await chromium.executablePath())
    variables['LD_LIBRARY_PATH'] = [process.env['LD_LIBRARY_PATH'], carried].filter(Boolean).join(':')
  }
  const isFound = USUAL_DRIVERS.some((folder) => existsSync(join(folder, 'nvidia_icd.json')))
  if (!isFound && existsSync(CONTAINER_DRIVER)) variables['VK_DRIVER_FILES'] = CONTAINER_DRIVER
  return variables
}
