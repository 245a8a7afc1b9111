import { createHash } from 'node:crypto';
import { demoCredentials } from './credentials.ts';
import { type Reply, type Route, route } from './http.ts';

const soapNs = 'http://schemas.xmlsoap.org/soap/envelope/';
const ns = 'urn:demo:tax-register';

const companies: Record<string, { name: string; city: string }> = {
  NL001234567B01: { name: 'Globex Freight B.V.', city: 'Rotterdam' },
  DE129273398: { name: 'Nordwind Handel GmbH', city: 'Hamburg' },
  FR40303265045: { name: 'Atelier Lumière SAS', city: 'Lyon' },
};

/** The register of companies with a VAT number: SOAP 1.1, callers sign in with a UsernameToken (WS-Security). */
export function taxRegisterRoutes(): Route[] {
  return [
    route('POST', '/soap/tax-register', ({ rawBody }) => answer(rawBody.toString('utf8'))),
    route('GET', '/soap/tax-register', ({ headers }) => ({
      status: 200,
      body: taxRegisterWsdl(`http://${headers.host}`),
      headers: { 'content-type': 'text/xml; charset=utf-8' },
    })),
  ];
}

function answer(envelope: string): Reply {
  if (!isSignedIn(envelope))
    return fault('wsse:FailedAuthentication', 'The user name or the password is wrong.');
  const country = textIn(envelope, 'countryCode') ?? '';
  const number = textIn(envelope, 'vatNumber') ?? '';
  if (!/^[A-Z]{2}$/.test(country)) return fault('soap:Client', 'countryCode must have two capital letters.');
  const company = companies[country + number];
  const found = company ? `<name>${company.name}</name><city>${company.city}</city>` : '';
  return reply(
    200,
    `<CheckVatResponse xmlns="${ns}"><vatNumber>${country}${number.replace(/\W/g, '')}</vatNumber><valid>${company !== undefined}</valid>${found}</CheckVatResponse>`,
  );
}

function isSignedIn(envelope: string): boolean {
  const { basicUsername, basicPassword } = demoCredentials;
  const digest = createHash('sha1')
    .update(Buffer.from(textIn(envelope, 'Nonce') ?? '', 'base64'))
    .update(textIn(envelope, 'Created') ?? '')
    .update(basicPassword)
    .digest('base64');
  return textIn(envelope, 'Username') === basicUsername && textIn(envelope, 'Password') === digest;
}

/** The text of an element: the demo reads what Interlock and the examples of its docs send. */
const textIn = (envelope: string, name: string): string | undefined =>
  new RegExp(`<(?:\\w+:)?${name}(?:\\s[^<>]*)?>([^<]*)<`).exec(envelope)?.[1];

const reply = (status: number, body: string): Reply => ({
  status,
  body: `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="${soapNs}"><soap:Body>${body}</soap:Body></soap:Envelope>`,
  headers: { 'content-type': 'text/xml; charset=utf-8' },
});

const fault = (code: string, message: string): Reply =>
  reply(500, `<soap:Fault><faultcode>${code}</faultcode><faultstring>${message}</faultstring></soap:Fault>`);

/** @param demo the URL of the demo services */
export const taxRegisterWsdl = (demo: string): string => `<?xml version="1.0" encoding="utf-8"?>
<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:t="${ns}" xmlns:xs="http://www.w3.org/2001/XMLSchema" name="TaxRegister" targetNamespace="${ns}">
  <types>
    <xs:schema targetNamespace="${ns}" elementFormDefault="qualified">
      <xs:element name="CheckVat">
        <xs:complexType>
          <xs:sequence>
            <xs:element name="countryCode" type="xs:string"/>
            <xs:element name="vatNumber" type="xs:string"/>
          </xs:sequence>
        </xs:complexType>
      </xs:element>
      <xs:element name="CheckVatResponse">
        <xs:complexType>
          <xs:sequence>
            <xs:element name="vatNumber" type="xs:string"/>
            <xs:element name="valid" type="xs:boolean"/>
            <xs:element name="name" type="xs:string" minOccurs="0"/>
            <xs:element name="city" type="xs:string" minOccurs="0"/>
          </xs:sequence>
        </xs:complexType>
      </xs:element>
    </xs:schema>
  </types>
  <message name="CheckVatRequest"><part name="parameters" element="t:CheckVat"/></message>
  <message name="CheckVatAnswer"><part name="parameters" element="t:CheckVatResponse"/></message>
  <portType name="TaxRegisterPort">
    <operation name="CheckVat">
      <documentation>Whether a VAT number is registered, and whose it is.</documentation>
      <input message="t:CheckVatRequest"/>
      <output message="t:CheckVatAnswer"/>
    </operation>
  </portType>
  <binding name="TaxRegisterBinding" type="t:TaxRegisterPort">
    <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
    <operation name="CheckVat">
      <soap:operation soapAction="${ns}:CheckVat"/>
      <input><soap:body use="literal"/></input>
      <output><soap:body use="literal"/></output>
    </operation>
  </binding>
  <service name="TaxRegister">
    <port name="TaxRegisterPort" binding="t:TaxRegisterBinding">
      <soap:address location="${demo}/soap/tax-register"/>
    </port>
  </service>
</definitions>
`;
