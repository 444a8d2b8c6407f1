using System.Text.RegularExpressions;

namespace Navi.Platform.Security.Redaction;

/// <summary>How what names a person looks: the directory that belongs to somebody, and an address.</summary>
internal static partial class PersonalShapes
{
    private const RegexOptions Usual = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    // /root is nobody's name, but it is somebody's home all the same.
    [GeneratedRegex(@"(?<![\w.~-])(/home/[^/\s""':;,<>()\\]+|/Users/[^/\s""':;,<>()\\]+|/root(?![\w.-])|[A-Za-z]:\\{1,2}Users\\{1,2}[^\\/\s""':;,<>()]+)", Usual)]
    public static partial Regex Home();

    [GeneratedRegex(@"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@(?<domain>[A-Za-z0-9][A-Za-z0-9-]{0,62}(\.[A-Za-z0-9][A-Za-z0-9-]{0,62}){1,8})", Usual)]
    public static partial Regex Mail();
}
