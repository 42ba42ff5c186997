import { z } from 'zod';
import type { ServiceBusTier } from '../../shared/manifest.ts';

const tier: z.ZodType<ServiceBusTier> = z.enum(['Basic', 'Standard', 'Premium']);

/** A Service Bus namespace, as templates and Azure have it, as far as its tier goes. */
export const serviceBusNamespace = z.looseObject({ sku: z.looseObject({ name: tier }) });
