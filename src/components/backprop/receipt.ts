import type { Dataset } from '../../lib/data/dataset.ts';
import type { NetworkModel } from '../../lib/nn/model.ts';
import { makeReceipt } from '../../lib/experiments/receipt.ts';
import { handOver } from '../../state/page/hand-over.ts';

/** Hands the reader one update as a file. */
export function saveReceipt(model: NetworkModel, digits: Dataset, row: number, learningRate: number): void {
  const receipt = makeReceipt(model, digits, row, learningRate);
  handOver(new Blob([JSON.stringify(receipt)], { type: 'application/json' }), 'receipt.json');
}
