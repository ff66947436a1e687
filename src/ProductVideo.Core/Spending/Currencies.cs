using System.Collections.Frozen;

namespace ProductVideo.Spending;

/// <summary>The currencies of ISO 4217 in use. Data of our own, because a machine without the culture data knows none.</summary>
public static class Currencies
{
    private const string Codes =
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK " +
        "DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS " +
        "KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD " +
        "OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP " +
        "TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG";

    /// <summary>Those without a smaller unit, and the forint, whose is no longer used.</summary>
    private const string Whole = "BIF CLP DJF GNF HUF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";

    private const string Thousandths = "BHD IQD JOD KWD LYD OMR TND";

    private static readonly FrozenSet<string> Known = Codes.Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, int> Units = Whole.Split(' ').Select(code => (Code: code, Decimals: 0))
        .Concat(Thousandths.Split(' ').Select(code => (Code: code, Decimals: 3))).ToFrozenDictionary(unit => unit.Code, unit => unit.Decimals, StringComparer.Ordinal);

    /// <summary>Whether <paramref name="code"/> is one, in upper case.</summary>
    public static bool IsKnown(string? code) => code is not null && Known.Contains(code);

    /// <summary>How many decimals its prices are written with: 0, 2 or 3.</summary>
    /// <param name="code">In upper case; of one that is not known, 2.</param>
    public static int Decimals(string code) => Units.GetValueOrDefault(code, 2);
}
