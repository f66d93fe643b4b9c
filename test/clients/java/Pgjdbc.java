import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.postgresql.PGConnection;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Asks the queries of queries.tsv through pgjdbc, and prints the answers. */
public class Pgjdbc {
	private static List<String> queries;

	private static String text(Object value) throws SQLException {
		if (value instanceof Array) {
			List<String> elements = new ArrayList<>();
			for (Object element : (Object[]) ((Array) value).getArray()) {
				elements.add(text(element));
			}
			return "[" + String.join(",", elements) + "]";
		}
		return value == null ? "NULL" : value.toString();
	}

	private static String rows(ResultSet result) throws SQLException {
		List<String> rows = new ArrayList<>();
		int columns = result.getMetaData().getColumnCount();
		while (result.next()) {
			List<String> row = new ArrayList<>();
			for (int i = 1; i <= columns; i++) {
				boolean isArray = result.getMetaData().getColumnTypeName(i).startsWith("_");
				row.add(text(isArray ? result.getArray(i) : result.getString(i)));
			}
			rows.add(String.join("|", row));
		}
		return String.join(" ", rows);
	}

	private static String ask(Connection connection, String sql, String parameter) throws SQLException {
		try (PreparedStatement query = connection.prepareStatement(sql.replace("$1", "?"))) {
			if (parameter.startsWith("{")) {
				Object[] list = parameter.substring(1, parameter.length() - 1).split(",");
				query.setArray(1, connection.createArrayOf("text", list));
			} else if (!parameter.equals("-")) {
				query.setString(1, parameter);
			}
			return rows(query.executeQuery());
		}
	}

	private static String describe(Exception error) {
		ServerErrorMessage server = error instanceof PSQLException ? ((PSQLException) error).getServerErrorMessage() : null;
		if (server == null) {
			return "ERROR: " + error;
		}
		return "ERROR " + server.getSQLState() + (server.getDetail() == null ? "" : " DETAIL")
			+ (server.getHint() == null ? "" : " HINT") + ": " + server.getMessage();
	}

	private static void answer(Connection connection, String aspect, Callable<String> question) throws SQLException {
		ask(connection, "SELECT 'plans of " + aspect + "'", "-");
		String answer;
		try {
			answer = question.call();
		} catch (Exception error) {
			answer = describe(error);
		}
		System.out.println(aspect + "\t" + answer);
	}

	private static void answerQueries(Connection connection, String suffix) throws SQLException {
		for (String line : queries) {
			String[] query = line.split("\t");
			answer(connection, query[0] + suffix, () -> ask(connection, query[3], query[1]));
		}
	}

	private static String copy(Connection connection) throws Exception {
		StringWriter out = new StringWriter();
		var copy = connection.unwrap(PGConnection.class).getCopyAPI();
		copy.copyIn("COPY job_log (id, status, history) FROM STDIN",
			new StringReader("1\tsyncfy:501\t{syncfy:100,syncfy:501}\n"));
		copy.copyOut("COPY (SELECT status, history FROM job_log WHERE id = 1) TO STDOUT", out);
		return out.toString().trim().replace('\t', '|');
	}

	/** A prepared statement becomes the server's after five executions, and its plan a generic one after five more. */
	private static String prepared(Connection connection) throws SQLException {
		String answer = "";
		try (PreparedStatement query = connection.prepareStatement("SELECT id FROM sync_jobs WHERE status = ? ORDER BY id")) {
			for (int i = 0; i < 15; i++) {
				query.setString(1, "syncfy:501");
				answer = rows(query.executeQuery());
			}
		}
		return answer;
	}

	private static String listByItsType(Connection connection) throws SQLException {
		String sql = "SELECT id FROM sync_jobs WHERE history @> ? ORDER BY id";
		try (PreparedStatement query = connection.prepareStatement(sql)) {
			query.setArray(1, connection.createArrayOf("status_code", new Object[] {"syncfy:501"}));
			return rows(query.executeQuery());
		}
	}

	private static String introspection(Connection connection) throws SQLException {
		try (ResultSet columns = connection.getMetaData().getColumns(null, "public", "sync_jobs", "status")) {
			columns.next();
			return columns.getString("TYPE_NAME");
		}
	}

	/** What a program gets that asks for another class than getString. */
	private static String object(Connection connection) throws SQLException {
		try (ResultSet result = connection.createStatement().executeQuery("SELECT status FROM sync_jobs WHERE id = 1")) {
			result.next();
			return result.getObject(1).getClass().getSimpleName();
		}
	}

	private static String objectAsString(Connection connection) throws SQLException {
		try (ResultSet result = connection.createStatement().executeQuery("SELECT status FROM sync_jobs WHERE id = 1")) {
			result.next();
			return result.getObject(1, String.class);
		}
	}

	public static void main(String[] args) throws Exception {
		queries = Files.readAllLines(Path.of("queries.tsv"));
		String url = "jdbc:postgresql://127.0.0.1/" + System.getenv("PGDATABASE") + "?user=postgres";
		System.out.println("version\t" + org.postgresql.util.DriverInfo.DRIVER_VERSION);
		String oid;
		try (Connection connection = DriverManager.getConnection(url)) {
			oid = ask(connection, "SELECT 'status_code'::regtype::oid", "-");
			answerQueries(connection, "");
			answer(connection, "parameter of a statement that the server has prepared", () -> prepared(connection));
			answer(connection, "list by its type", () -> listByItsType(connection));
			answer(connection, "COPY", () -> copy(connection));
			answer(connection, "introspection", () -> introspection(connection));
			answer(connection, "getObject", () -> object(connection));
			answer(connection, "getObject as String", () -> objectAsString(connection));
		}
		try (Connection connection = DriverManager.getConnection(url + "&prepareThreshold=-1&binaryTransfer=true")) {
			answer(connection, "binary", () -> ask(connection, "SELECT status FROM sync_jobs WHERE status = $1 LIMIT 1", "syncfy:501"));
		}
		try (Connection connection = DriverManager.getConnection(url + "&prepareThreshold=-1&binaryTransferEnable=" + oid)) {
			answer(connection, "binaryTransferEnable", () -> ask(connection, "SELECT status FROM sync_jobs WHERE id = 1", "-"));
		}
		try (Connection connection = DriverManager.getConnection(url + "&stringtype=unspecified")) {
			answerQueries(connection, " with the line");
		}
	}
}
