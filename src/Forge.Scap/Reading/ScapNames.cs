using System.Xml.Linq;

namespace Forge.Scap.Reading;

/// <summary>Names that SCAP 1.2 and 1.3 give (NIST SP 800-126 rev. 3, table 1).</summary>
internal static class ScapNames
{
    public const string DataStream = "http://scap.nist.gov/schema/scap/source/1.2";
    public const string Xccdf = "http://checklists.nist.gov/xccdf/1.2";
    public const string Xccdf11 = "http://checklists.nist.gov/xccdf/1.1";
    public const string Catalog = "urn:oasis:names:tc:entity:xmlns:xml:catalog";
    public const string XLink = "http://www.w3.org/1999/xlink";
    public const string Xhtml = "http://www.w3.org/1999/xhtml";
    public const string CpeDictionary = "http://cpe.mitre.org/dictionary/2.0";
    public const string CpeLanguage = "http://cpe.mitre.org/language/2.0";
    public const string Oval = "http://oval.mitre.org/XMLSchema/oval-definitions-5";
    public const string Ocil = "http://scap.nist.gov/schema/ocil/2.0";
    public const string Arf = "http://scap.nist.gov/schema/asset-reporting-format/1.1";

    /// <summary>Check system of OVAL definitions.</summary>
    public const string OvalSystem = Oval;

    /// <summary>Check system of OCIL questionnaires, which no scanner can answer.</summary>
    public const string OcilSystem = "http://scap.nist.gov/schema/ocil/2";

    public static readonly XNamespace Ds = DataStream;
    public static readonly XNamespace Xc = Xccdf;
    public static readonly XNamespace Cat = Catalog;
    public static readonly XNamespace Link = XLink;
    public static readonly XNamespace CpeDict = CpeDictionary;
    public static readonly XNamespace CpeLang = CpeLanguage;
    public static readonly XNamespace OvalDef = Oval;
}
