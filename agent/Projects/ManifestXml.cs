using System.Xml;
using System.Xml.Linq;

namespace Navi.Agent.Projects;

/// <summary>XML from a repository: no document types, so nothing is expanded or fetched.</summary>
internal static class ManifestXml
{
    /// <summary>Every element; none when the text is not XML.</summary>
    public static IReadOnlyList<XElement> Elements(string? text)
    {
        try
        {
            return [.. Load(text ?? "").Descendants()];
        }
        catch (XmlException)
        {
            return [];
        }
    }

    /// <summary>The document.</summary>
    /// <exception cref="XmlException">The text is not XML, or has a document type.</exception>
    public static XDocument Load(string text)
    {
        using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        return XDocument.Load(reader, LoadOptions.SetLineInfo);
    }
}
