import { CsvDesk } from '../lib/data/csv-desk.ts';
import { serve } from './serve.ts';

serve(new CsvDesk());
