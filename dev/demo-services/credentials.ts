/** Fixed, public and useless outside the demo: the services listen on this machine only. */
export const demoCredentials = {
  /** Payments: header `x-api-key`. */
  paymentsApiKey: 'acmepay_demo_4f8c1e97b2d64a53',
  /** Exchange rates: query `api_key`. */
  ratesApiKey: 'fxrates_demo_91d0c7aa35',
  /** Legacy ledger: cookie `ledger_session`. */
  ledgerSession: 'ledger_demo_c0ffee5e5510',
  /** Shipping: `Authorization: Bearer …`. */
  shippingToken: 'globex_demo_2b7e151628aed2a6',
  /** Carrier: OAuth2 client credentials at /oauth/token. */
  carrierClientId: 'globex-freight',
  carrierClientSecret: 'carrier_demo_a54ff53a5f1d36f1',
  carrierScope: 'quotes:read pickups:write',
  /** Platform operations: `Authorization: Bearer …`. */
  operationsToken: 'platform_demo_9b05688c2b3e6c1f',
  /** Order desk: Standard Webhooks. */
  webhookSecret: 'whsec_b3JkZXItZGVzay1vZi10aGUtZGVtby0wMDE=',
  /** Warehouse and settlement reports: Basic. */
  basicUsername: 'reports',
  basicPassword: 'reports_demo_510e527fade682d1',
  /** The demo database: a user who may only read. */
  shopUser: 'shop_reader',
  shopPassword: 'shop_demo_1f83d9abfb41bd6b',
} as const;
