import { say } from '../messages/say.svelte.ts'
import { systemOutput, type Outputs } from '../state/Outputs.svelte.ts'
import type { MenuItem } from '../ui/menu.ts'

/** Where the song may sound; a browser that names nothing can be asked to. */
export function outputItems(outputs: Outputs): readonly MenuItem[] {
  const devices = [systemOutput, ...outputs.devices].map((device): MenuItem => ({
    kind: 'act',
    id: device.id || 'system',
    label: device.label,
    isChecked: outputs.chosen.id === device.id,
    run: () => void outputs.choose(device),
  }))
  if (outputs.devices.length > 0) return devices
  return [
    ...devices,
    { kind: 'line', id: 'names' },
    { kind: 'act', id: 'ask', label: say.transport.showOtherOutputs, run: () => void outputs.askForNames() },
  ]
}
