using System.Xml;
using System.Xml.Linq;

namespace Navi.Agent.Projects;

/// <summary>XML from a repository: no document types, so nothing is expanded or fetched, and nothing nested deeper than people do.</summary>
internal static class ManifestXml
{
    // What reads an element's text goes down its levels by recursion.
    private const int Deepest = 200;

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
    /// <exception cref="XmlException">The text is not XML, has a document type, or is nested too deeply.</exception>
    public static XDocument Load(string text)
    {
        using (var depth = Reader(text))
            while (depth.Read())
                if (depth.Depth > Deepest)
                    throw new XmlException($"more than {Deepest} elements are inside each other");
        using var reader = Reader(text);
        return XDocument.Load(reader);
    }

    private static XmlReader Reader(string text) => XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
}
