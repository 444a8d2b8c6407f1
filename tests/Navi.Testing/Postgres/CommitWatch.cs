using System.Text;
using System.Text.RegularExpressions;

namespace Navi.Testing.Postgres;

/// <summary>Follows one connection's messages and tells when the server says that something was committed (PostgreSQL: Message Flow).</summary>
internal sealed partial class CommitWatch
{
    private readonly Lock held = new();
    private readonly Dictionary<string, string> prepared = [];
    // What the client has sent and the server has not answered: each unit is answered by one ReadyForQuery.
    private readonly Queue<List<string>> asked = new();
    private readonly List<string> transaction = [];
    private List<string> unit = [];
    private bool changed;
    private bool failed;

    /// <summary>A message of the client.</summary>
    public void Asked(char type, byte[] body)
    {
        lock (held)
        {
            switch (type)
            {
                case 'P':
                    var name = TextAt(body, 0);
                    prepared[name] = TextAt(body, Encoding.UTF8.GetByteCount(name) + 1);
                    break;
                case 'B':
                    var portal = TextAt(body, 0);
                    unit.Add(prepared.GetValueOrDefault(TextAt(body, Encoding.UTF8.GetByteCount(portal) + 1), ""));
                    break;
                case 'Q':
                    unit.Add(TextAt(body, 0));
                    EndUnit();
                    break;
                case 'S':
                    EndUnit();
                    break;
            }
        }
    }

    /// <summary>A message of the server: the SQL of the transaction when it tells that one with changes is committed, else null.</summary>
    public string? Answered(char type, byte[] body)
    {
        lock (held)
        {
            switch (type)
            {
                case 'C':
                    changed |= Changing().IsMatch(TextAt(body, 0));
                    break;
                case 'E':
                    failed = true;
                    break;
                case 'Z':
                    if (asked.TryDequeue(out var answered))
                        transaction.AddRange(answered);
                    if (body[0] != 'I')
                        break;
                    var committed = changed && !failed && transaction.Exists(Writing().IsMatch) && !transaction.Exists(s => s.StartsWith("ROLLBACK", StringComparison.OrdinalIgnoreCase));
                    var sql = string.Join(";\n", transaction);
                    (changed, failed) = (false, false);
                    transaction.Clear();
                    return committed ? sql : null;
            }
            return null;
        }
    }

    private void EndUnit()
    {
        asked.Enqueue(unit);
        unit = [];
    }

    private static string TextAt(byte[] body, int start)
    {
        var end = Array.IndexOf(body, (byte)0, start);
        return Encoding.UTF8.GetString(body, start, (end < 0 ? body.Length : end) - start);
    }

    // A command's tag ends with the number of rows; a function or a WITH that writes is a SELECT here.
    [GeneratedRegex("^(INSERT|UPDATE|DELETE|MERGE|SELECT) (0 )?[1-9][0-9]*$")]
    private static partial Regex Changing();

    [GeneratedRegex(@"\b(INSERT INTO|DELETE FROM|MERGE INTO)\b|(?<!FOR )(?<!FOR NO KEY )\bUPDATE\b|\bdurable\.\w+\(", RegexOptions.IgnoreCase)]
    private static partial Regex Writing();
}
