/** What the payments are as a graph. */
export const paymentsSchema = /* GraphQL */ `
  enum PaymentStatus { succeeded failed pending partially_refunded refunded }
  type Customer {
    id: ID!
    name: String!
    country: String!
    "Newest first."
    payments(first: Int = 10): [Payment!]!
  }
  type Payment {
    id: ID!
    amount: Float!
    currency: String!
    status: PaymentStatus!
    failureReason: String
    createdAt: String!
    customer: Customer
  }
  type Query {
    "One payment, with the customer who made it."
    payment(id: ID!): Payment
    "Payments, newest first."
    payments(status: PaymentStatus, first: Int = 10): [Payment!]!
    customer(id: ID!): Customer
  }
  type Mutation {
    "Gives a pending payment up."
    abandonPayment(id: ID!, reason: String!): Payment!
  }
`;
