/** Units of each layer of the chapters' network, from the pixels to the digits: what a run has unless it is told otherwise. */
export const usualLayers = [784, 32, 32, 10] as const;
