import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import soap from 'soap';

export interface WsdlOptions {
  url?: string;
  version?: '1.1' | '1.2';
  style?: 'document' | 'rpc';
}

/** The WSDL of a shop: lists, attributes, choices, enumerations, null and text with attributes. */
export function shopWsdl({
  url = 'http://127.0.0.1:1/shop',
  version = '1.1',
  style = 'document',
}: WsdlOptions = {}): string {
  const soapNs = `http://schemas.xmlsoap.org/wsdl/soap${version === '1.2' ? '12' : ''}/`;
  const part = (element: string, type: string) =>
    style === 'rpc'
      ? `<part name="order" type="${type}"/>`
      : `<part name="parameters" element="${element}"/>`;
  const body =
    style === 'rpc' ? '<soap:body use="literal" namespace="urn:shop"/>' : '<soap:body use="literal"/>';
  return `<?xml version="1.0"?>
<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="${soapNs}" xmlns:t="urn:shop" xmlns:xs="http://www.w3.org/2001/XMLSchema" name="Shop" targetNamespace="urn:shop">
  <types>
    <xs:schema targetNamespace="urn:shop" elementFormDefault="qualified">
      <xs:simpleType name="State"><xs:restriction base="xs:string"><xs:enumeration value="OPEN"/><xs:enumeration value="PAID"/></xs:restriction></xs:simpleType>
      <xs:complexType name="Money"><xs:simpleContent><xs:extension base="xs:decimal"><xs:attribute name="currency" type="xs:string" use="required"/></xs:extension></xs:simpleContent></xs:complexType>
      <xs:complexType name="Line"><xs:sequence><xs:element name="sku" type="xs:string"/><xs:element name="count" type="xs:int"/></xs:sequence></xs:complexType>
      <xs:complexType name="Thing"><xs:sequence><xs:element name="id" type="xs:string"/></xs:sequence></xs:complexType>
      <xs:complexType name="Order">
        <xs:complexContent><xs:extension base="t:Thing">
          <xs:sequence>
            <xs:element name="total" type="t:Money" minOccurs="0"/>
            <xs:element name="line" type="t:Line" minOccurs="0" maxOccurs="unbounded"/>
            <xs:element name="state" type="t:State" minOccurs="0"/>
            <xs:choice minOccurs="0"><xs:element name="note" type="xs:string"/><xs:element name="coupon" type="xs:string"/></xs:choice>
            <xs:element name="paidAt" type="xs:dateTime" nillable="true" minOccurs="0"/>
            <xs:element name="big" type="xs:long" minOccurs="0"/>
            <xs:element name="gift" type="xs:boolean" minOccurs="0"/>
            <xs:element name="part" type="t:Order" minOccurs="0"/>
          </xs:sequence>
          <xs:attribute name="version" type="xs:int"/>
        </xs:extension></xs:complexContent>
      </xs:complexType>
      <xs:element name="PlaceOrder" type="t:Order"/>
      <xs:element name="PlaceOrderResponse" type="t:Order"/>
      <xs:element name="Ping"><xs:complexType/></xs:element>
      <xs:element name="PingResponse" type="xs:string"/>
    </xs:schema>
  </types>
  <message name="PlaceOrderIn">${part('t:PlaceOrder', 't:Order')}</message>
  <message name="PlaceOrderOut">${part('t:PlaceOrderResponse', 't:Order')}</message>
  <portType name="ShopPort">
    <operation name="PlaceOrder"><documentation>Places an order.</documentation><input message="t:PlaceOrderIn"/><output message="t:PlaceOrderOut"/></operation>
  </portType>
  <binding name="ShopBinding" type="t:ShopPort">
    <soap:binding style="${style}" transport="http://schemas.xmlsoap.org/soap/http"/>
    <operation name="PlaceOrder"><soap:operation soapAction="urn:shop/PlaceOrder"/><input>${body}</input><output>${body}</output></operation>
  </binding>
  <service name="Shop"><port name="ShopPort" binding="t:ShopBinding"><soap:address location="${url}"/></port></service>
</definitions>`;
}

export interface SoapShop {
  hostPort: string;
  url: string;
  wsdl: string;
  /** The envelopes and headers that arrived. */
  received: { body: string; headers: Record<string, unknown> }[];
  close(): Promise<void>;
}

/** What the shop does with an order. It may throw a fault, and may not return. */
export type PlaceOrder = (order: Record<string, unknown>) => unknown;

/**
 * The shop, served by the SOAP library of npm.
 * @param password checked as a UsernameToken (WS-Security) of ada; left out: everyone may call
 */
export async function serveSoapShop(
  place: PlaceOrder,
  { password, ...options }: WsdlOptions & { password?: () => string } = {},
): Promise<SoapShop> {
  const received: SoapShop['received'] = [];
  const http = createServer((_request, response) => response.writeHead(404).end());
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const hostPort = `127.0.0.1:${(http.address() as AddressInfo).port}`;
  const url = `http://${hostPort}/shop`;
  const wsdl = shopWsdl({ ...options, url });
  const server = soap.listen(http, {
    path: '/shop',
    xml: wsdl,
    forceSoap12Headers: options.version === '1.2',
    services: { Shop: { ShopPort: { PlaceOrder: (order: Record<string, unknown>) => place(order) } } },
  });
  server.log = (type, data, request) => {
    if (type === 'received') received.push({ body: String(data), headers: { ...request?.headers } });
  };
  if (password) server.authenticate = (security) => isAda(security, password());
  return {
    hostPort,
    url,
    wsdl,
    received,
    close: async () => {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

/** The check of the UsernameToken profile, with either kind of password. */
// biome-ignore lint/suspicious/noExplicitAny: the library types what it parses as any
function isAda(security: any, password: string): boolean {
  const { Username, Password, Nonce, Created } = security?.UsernameToken ?? {};
  const text = (value: { $value?: string } | string | undefined) =>
    (typeof value === 'object' ? value.$value : value) ?? '';
  const digest = createHash('sha1')
    .update(Buffer.from(text(Nonce), 'base64'))
    .update(text(Created))
    .update(password)
    .digest('base64');
  const isDigest = String(Password?.attributes?.Type).endsWith('#PasswordDigest');
  return text(Username) === 'ada' && text(Password) === (isDigest ? digest : password);
}
